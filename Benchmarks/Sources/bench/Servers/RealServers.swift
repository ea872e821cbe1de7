import Foundation
import LocalCluster
import Platform

/// The servers that adapters are measured on: each started when it is first needed.
actor RealServers {
    private let platform: Platform
    private let programs: ServerPrograms
    private let folder: String
    private var running: [BackingServer: RunningServer] = [:]
    private var closings: [@Sendable () async -> Void] = []

    /// - Parameter environment: where programs are that the system lacks, in
    ///   `STARCHAIR_SERVERS`.
    init(environment: [String: String], platform: Platform) {
        self.platform = platform
        programs = ServerPrograms(folders: [environment["STARCHAIR_SERVERS"]].compactMap(\.self))
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "bench-\(ID<RealServers>(platform.random, for: "bench").text)").path
    }

    /// Starts a server, once for each; gives where its clients find it.
    func start(_ server: BackingServer) async throws -> String {
        precondition(running[server] == nil, "whoever needs a server keeps its address")
        let started = try await server.start(
            in: try makeFolder(server.rawValue), programs: programs, platform: platform)
        running[server] = started
        return started.url
    }

    /// A folder on the disk that the servers use; it goes with them.
    func makeFolder(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// Has a client of a server close before the servers end.
    func beforeEnd(_ close: @escaping @Sendable () async -> Void) { closings.append(close) }

    /// Ends what was started and removes its files.
    func end() async throws {
        for close in closings { await close() }
        closings = []
        for server in BackingServer.allCases { try await running[server]?.kill() }
        running = [:]
        if FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder)
        }
    }
}
