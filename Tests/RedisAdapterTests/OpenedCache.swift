import ClusterNetwork
import Foundation
import RedisAdapter
import Synchronization

/// A cache on a server of the tests, and what it has reported.
final class OpenedCache: Sendable {
    let cache: RedisSessionCache
    private let journal = Journal()

    /// Opens a cache with keys of its own, unless `prefix` says which.
    init(
        _ server: RedisServer, _ system: SystemPlatform, prefix: String? = nil,
        _ change: (inout RedisConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = RedisConfiguration(host: "127.0.0.1")
        configuration.port = server.port
        configuration.credentials = RedisCredentials(password: RedisServer.password)
        configuration.keyPrefix = prefix ?? UUID().uuidString
        change(&configuration)
        let journal = journal
        cache = try RedisSessionCache(configuration, platform: system.platform) {
            journal.note($0)
        }
    }

    var events: [RedisConnectionEvent] { journal.events }

    private final class Journal: Sendable {
        private let guarded = Mutex<[RedisConnectionEvent]>([])

        var events: [RedisConnectionEvent] { guarded.withLock { $0 } }

        func note(_ event: RedisConnectionEvent) { guarded.withLock { $0.append(event) } }
    }
}

/// Returns when `holds` does; false when it never does.
func eventually(_ holds: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
        if try await holds() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
