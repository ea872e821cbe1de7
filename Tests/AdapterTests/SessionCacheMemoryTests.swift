import ClusterNetwork
import Conformance
import MemoryAdapters
import Platform
import Ports
import Testing

/// The cache in memory keeps its promise within its bounds.
@Suite struct SessionCacheMemoryTests {
    let system = SystemPlatform.forTests()

    @Test(arguments: SessionCacheConformance.checks)
    func `the cache keeps its promise`(
        _ check: Check<SessionCacheConformance.Subject>
    ) async throws {
        let cache = MemorySessionCache(platform: system.platform)
        try await check.run(
            SessionCacheConformance.Subject(cache, platform: system.platform))
    }

    @Test func `beyond its number of entries it forgets what was set least recently`() async throws
    {
        var bounds = CacheTable.Bounds()
        bounds.countMaximum = 3
        let cache = MemorySessionCache(platform: system.platform, bounds: bounds)
        for key in ["a", "b", "c", "a", "d"] {
            try await cache.set(Array(key.utf8), for: key, expiry: .seconds(3600))
        }
        #expect(cache.count == 3)
        #expect(try await cache.value(for: "b") == nil)
        for key in ["a", "c", "d"] {
            #expect(try await cache.value(for: key) == Array(key.utf8))
        }
    }

    @Test func `its bytes stay within their bound however values are replaced`() {
        var bounds = CacheTable.Bounds()
        bounds.byteCountMaximum = 100
        var table = CacheTable(bounds)
        for round in 0..<1000 {
            let key = CacheTable.Key("\(round % 7)")
            let value = [UInt8](repeating: 1, count: round * 31 % 120)
            table.set(value, for: key, until: .seconds(1))
            #expect(table.byteCount <= 100)
            let isKept = table.value(for: key, at: .zero) == value
            #expect(isKept == (value.count + 1 <= 100))
            if round % 5 == 0 { table.remove(key) }
        }
        while table.evictOldest() {}
        #expect(table.byteCount == 0)
        #expect(table.count == 0)
    }

    @Test func `a waiting line gives what is in it in order, whoever leaves`() {
        var line = WaitingLine<Int>()
        var tickets: [Int: Int] = [:]
        for number in 0..<1000 { tickets[number] = line.append(number) }
        for number in [-1, -2] { _ = line.prepend(number) }
        for number in 0..<1000 where number % 3 != 0 { line.remove(tickets[number] ?? 0) }
        var found: [Int] = []
        while let number = line.popFirst() { found.append(number) }
        #expect(found == [-2, -1] + (0..<1000).filter { $0 % 3 == 0 })
        #expect(line.count == 0)
    }
}
