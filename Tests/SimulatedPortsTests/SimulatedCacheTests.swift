import ClusterSimulator
import Platform
import Ports
import Synchronization
import Testing

/// Each fault of the simulated cache, alone and together.
@Suite struct SimulatedCacheTests {
    @Test func `a fail-over can bring back what was removed and lose what was set`() {
        var revived = 0
        for seed in 1...20 as ClosedRange<UInt64> {
            let report = run(seed) { simulation, cache, client in
                try await client.set([1], for: "old", expiry: .seconds(3600))
                try await client.set([1], for: "kept", expiry: .seconds(3600))
                await simulation.pass(.seconds(2))
                try await client.remove("old")
                try await client.set([2], for: "new", expiry: .seconds(3600))
                cache.failOver()
                let (old, new) = (
                    try await client.value(for: "old"), try await client.value(for: "new")
                )
                // A later change is never there without an earlier one.
                #expect(old == nil || new == nil)
                #expect(try await client.value(for: "kept") == [1])
            }
            revived += report.count("fault: cache removed value lives again")
        }
        #expect((1...20).contains(revived))
    }

    @Test(arguments: SimulatedRun.seeds)
    func `a restart forgets nothing that is older than a second`(_ seed: UInt64) {
        let report = run(seed) { simulation, cache, client in
            for number in 0..<30 {
                try await client.set([1], for: "\(number)", expiry: .seconds(3600))
                await simulation.pass(.milliseconds(100))
            }
            cache.restart()
            cache.heal()
            for number in 0..<19 {
                #expect(try await client.value(for: "\(number)") == [1])
            }
        }
        #expect(report.count("fault: cache restart") == 1)
        #expect(report.count("fault: cache undone change") < 11)
    }

    @Test func `by a wrong clock values live shorter or longer`() {
        run(1) { simulation, cache, client in
            try await client.set([1], for: "a", expiry: .seconds(10))
            cache.stepClock(by: .seconds(-5))
            await simulation.pass(.seconds(12))
            #expect(try await client.value(for: "a") == [1])
            cache.stepClock(by: .seconds(5))
            #expect(try await client.value(for: "a") == nil)
            cache.setClockDrift(partsPerMillion: 500_000)
            try await client.set([1], for: "b", expiry: .seconds(10))
            await simulation.pass(.seconds(8))
            #expect(try await client.value(for: "b") == nil)
        }
    }

    @Test func `when it is away nobody is answered, and a change may have been made`() {
        let kept = Mutex<Set<[UInt8]?>>([])
        for seed in 1...20 as ClosedRange<UInt64> {
            run(seed) { _, cache, client in
                cache.goDown(for: .seconds(5))
                await expectUnavailable { () async throws(CacheError) in
                    _ = try await client.value(for: "a")
                }
                cache.heal()
                cache.weather.unknownPermille = 1000
                await expectUnavailable { () async throws(CacheError) in
                    try await client.set([1], for: "a", expiry: .seconds(60))
                }
                cache.heal()
                let value = try await client.value(for: "a")
                kept.withLock { _ = $0.insert(value) }
            }
        }
        #expect(kept.withLock { $0 } == [nil, [1]])
    }

    @Test(arguments: SimulatedRun.seeds)
    func `a cache that forgets and remembers never tells what nobody said`(_ seed: UInt64) {
        let report = run(seed) { simulation, cache, client in
            cache.losses.evictionPermille = 100
            cache.losses.failOverPermille = 50
            cache.losses.clockStepPermille = 50
            cache.weather.unavailablePermille = 50
            cache.weather.slowPermille = 50
            for number in 0..<100 {
                let key = "\(number % 5)"
                do throws(CacheError) {
                    try await client.set([UInt8(number)], for: key, expiry: .seconds(30))
                    if number % 7 == 0 { try await client.remove(key) }
                    let found = try await client.value(for: key)
                    let isSaid = found.map { $0.count == 1 && Int($0[0]) % 5 == number % 5 }
                    #expect(isSaid != false)
                } catch {
                    #expect(error == .unavailable)
                }
            }
            cache.forgetEverything()
            cache.heal()
            for number in 0..<5 {
                let value = try await client.value(for: "\(number)")
                #expect(value == nil)
            }
        }
        for fault in ["eviction", "fail-over", "clock step", "unavailable", "emptied"] {
            #expect(report.count("fault: cache \(fault)") > 0, "no \(fault) happened")
        }
    }

    /// Runs `body` on a node of its own with a cache; an error that it throws is a failure.
    @discardableResult
    private func run(
        _ seed: UInt64,
        _ body:
            @escaping @Sendable (Simulation, SimulatedCache, any SessionCache) async throws
            -> Void
    ) -> SimulationReport {
        SimulatedRun.clean(seed) { simulation in
            let cache = SimulatedCache("cache", simulation)
            do {
                try await body(simulation, cache, cache.cache(for: simulation.world))
            } catch {
                simulation.fail("a test", "\(error)")
            }
        }
    }

    private func expectUnavailable(_ body: () async throws(CacheError) -> Void) async {
        do throws(CacheError) {
            try await body()
            Issue.record("it was answered")
        } catch {
            #expect(error == .unavailable)
        }
    }
}
