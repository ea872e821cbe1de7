import ClusterNetwork
import Foundation
import LocalCluster
import Platform

/// What a test with real servers has: a platform, their programs, and a folder that goes with it.
final class Bench: Sendable {
    let folder: String
    let system = SystemPlatform(.init(offloadThreadCount: 4))

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "local-cluster-\(UUID().uuidString)").path(percentEncoded: false)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var platform: Platform { system.platform }

    /// The servers that the script installs are in the folder that it names, or in the build's.
    var programs: ServerPrograms {
        let named = ProcessInfo.processInfo.environment["STARCHAIR_SERVERS"]
        let built = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../.build/servers").standardizedFileURL.path
        return ServerPrograms(folders: [named, built].compactMap(\.self))
    }

    /// Waits until something is so; it is, or the test hangs no longer than a minute.
    func until(_ what: String, _ body: () async throws -> Bool) async throws {
        for _ in 0..<600 {
            if try await body() { return }
            try await platform.clock.sleep(for: .milliseconds(100))
        }
        throw ClusterFailure("never: \(what)")
    }
}
