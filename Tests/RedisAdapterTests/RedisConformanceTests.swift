import ClusterNetwork
import Conformance
import Foundation
import Ports
import RedisAdapter
import Testing

/// The cache on a real server keeps what the port promises.
@Suite struct RedisConformanceTests {
    let system = SystemPlatform(SystemPlatform.Configuration(offloadThreadCount: 1))

    @Test(arguments: SessionCacheConformance.checks)
    func `the cache keeps its promise`(
        _ check: Check<SessionCacheConformance.Subject>
    ) async throws {
        let server = try RedisServer.shared.get()
        let prefix = UUID().uuidString
        let (one, other) = try (
            OpenedCache(server, system, prefix: prefix),
            OpenedCache(server, system, prefix: prefix)
        )
        try await check.run(
            SessionCacheConformance.Subject(
                one.cache, other: other.cache, platform: system.platform))
        await one.cache.shutDown()
        await other.cache.shutDown()
    }

    @Test func `caches with other prefixes do not see each other's values`() async throws {
        let server = try RedisServer.shared.get()
        let (one, other) = try (OpenedCache(server, system), OpenedCache(server, system))
        try await one.cache.set([1], for: "a", expiry: .seconds(60))
        #expect(try await other.cache.value(for: "a") == nil)
    }

    @Test func `caches in other databases do not see each other's values`() async throws {
        let server = try RedisServer.shared.get()
        let prefix = UUID().uuidString
        let (one, other) = try (
            OpenedCache(server, system, prefix: prefix),
            OpenedCache(server, system, prefix: prefix) { $0.database = 1 }
        )
        try await one.cache.set([1], for: "a", expiry: .seconds(60))
        #expect(try await other.cache.value(for: "a") == nil)
    }

    @Test func `a value of another kind is unavailable, and the connection stays`() async throws {
        let server = try RedisServer.shared.get()
        let opened = try OpenedCache(server, system, prefix: "kind:")
        try server.command("LPUSH", "kind:list", "1")
        await #expect(throws: CacheError.unavailable) {
            _ = try await opened.cache.value(for: "list")
        }
        try await opened.cache.set([1], for: "list", expiry: .seconds(60))
        #expect(try await opened.cache.value(for: "list") == [1])
        #expect(opened.events == [.connected])
    }
}
