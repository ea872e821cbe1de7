import Foundation
import LocalCluster
import Platform

/// The real servers that the parts stand on: given by their addresses, or started when they are
/// first needed and gone with this process.
actor Servers {
    private let platform: Platform
    private let programs: ServerPrograms
    private let addresses: [BackingServer: String]
    private let folder: String
    private var running: [String: Task<RunningServer, any Error>] = [:]

    /// - Parameter environment: addresses of servers that run already, each in a variable
    ///   `STARCHAIR_PARITY_<SERVER>`; where the programs of others are, in
    ///   `STARCHAIR_SERVERS`.
    init(environment: [String: String], platform: Platform) {
        self.platform = platform
        programs = ServerPrograms(folders: [environment["STARCHAIR_SERVERS"]].compactMap(\.self))
        var addresses: [BackingServer: String] = [:]
        for server in BackingServer.allCases {
            addresses[server] = environment["STARCHAIR_PARITY_\(server.rawValue.uppercased())"]
        }
        self.addresses = addresses
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "parity-\(ID<Servers>(platform.random, for: "parity").text)").path
    }

    /// How the clients of a server are told where it is.
    func address(of server: BackingServer) async throws -> String {
        if let address = addresses[server] { return address }
        return try await start(server, as: server.rawValue).value.url
    }

    /// The same of as many servers of a kind; of those that run already it is one.
    func addresses(of server: BackingServer, count: Int) async throws -> [String] {
        if let address = addresses[server] { return [address] }
        let started = try (0..<count).map { try start(server, as: "\(server.rawValue)-\($0)") }
        var addresses: [String] = []
        for task in started { addresses.append(try await task.value.url) }
        return addresses
    }

    private func start(
        _ server: BackingServer, as name: String
    ) throws -> Task<RunningServer, any Error> {
        if let started = running[name] { return started }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let task = Task { [folder, programs, platform] in
            try await server.start(
                in: "\(folder)/\(name)", programs: programs, platform: platform)
        }
        running[name] = task
        return task
    }

    /// A folder for files of parts, which goes with the servers.
    func makeFolder(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// Ends what was started and removes its files.
    func end() async throws {
        for (_, task) in running.sorted(by: { $0.key < $1.key }) {
            if case .success(let server) = await task.result { try await server.kill() }
        }
        running = [:]
        if FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder)
        }
    }
}
