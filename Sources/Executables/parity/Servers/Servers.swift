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
    private var running: [BackingServer: Task<RunningServer, any Error>] = [:]

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
        if let started = running[server] { return try await started.value.url }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let task = Task { [folder, programs, platform] in
            try await server.start(
                in: "\(folder)/\(server.rawValue)", programs: programs, platform: platform)
        }
        running[server] = task
        return try await task.value.url
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
        for (_, task) in running.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if case .success(let server) = await task.result { try await server.kill() }
        }
        running = [:]
        if FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder)
        }
    }
}
