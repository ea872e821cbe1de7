import ClusterNetwork
import Foundation

@testable import parity

/// Comparisons on servers that all tests share and that end with them.
enum Trials {
    private static let system = SystemPlatform(.init(offloadThreadCount: 8))
    private static let servers = Servers(environment: environment, platform: system.platform)

    /// The servers that the script installs are in the folder that it names, or in the build's.
    private static var environment: [String: String] {
        let built = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../.build/servers").standardizedFileURL.path
        return ["STARCHAIR_SERVERS": built].merging(ProcessInfo.processInfo.environment) { $1 }
    }

    static func compare(
        _ name: ComponentName, operations: Int, plant: Plant? = nil
    ) async throws -> ComparisonReport {
        var request = ComparisonRequest(operationCount: operations, seed: 1)
        // One that was planted is enough; to shrink takes long.
        if plant != nil { request.differenceCountMaximum = 1 }
        return try await Bench(servers: servers, system: system, plant: plant)
            .compare(name, request)
    }
}
