import ClusterSimulator
import Testing

struct RecordTests {
    @Test func `a trace is kept, and its texts built, only when asked for`() {
        for isAsked in [false, true] {
            var options = SimulationOptions(seed: 1)
            options.recordsTrace = isAsked
            let isBuilt = Box(false)
            let report = simulate(options) { simulation in
                simulation.record(
                    .note,
                    {
                        isBuilt.value = true
                        return "text"
                    }())
            }
            #expect(isBuilt.value == isAsked)
            #expect(report.trace.contains { $0.text == "text" && $0.lane == 0 } == isAsked)
            #expect(report.trace.isEmpty == !isAsked)
        }
    }

    @Test func `a trace does not change the run`() {
        let hashes = [false, true].map { isAsked in
            var options = SimulationOptions(seed: 1)
            options.recordsTrace = isAsked
            return simulate(options) { await $0.sleep(.seconds(1)) }.hash
        }
        #expect(hashes[0] == hashes[1])
    }

    @Test func `counters are added up and sorted by name`() {
        let report = simulate { simulation in
            for name in ["b", "a", "c", "a"] { simulation.count(name) }
            simulation.count("c", by: 5)
        }
        #expect(report.counters.map(\.name) == ["a", "b", "c"])
        #expect(report.counters.map(\.count) == [2, 1, 6])
        #expect(report.count("nothing") == 0)
    }

    @Test func `violations say where they were seen, and too many are only counted`() {
        let report = simulate { simulation in
            await simulation.sleep(.seconds(3))
            for number in 0..<150 { simulation.fail("invariant", "\(number)") }
        }
        #expect(report.violationCount == 150)
        #expect(report.violations.count == 100)
        #expect(report.violations.first?.detail == "0")
        #expect(report.violations.first?.place.time == .seconds(3))
        #expect(!report.isClean)
    }

    @Test func `events of one instant run in the order in which they were set`() {
        let order = Box<[Int]>([])
        let report = simulate { simulation in
            for number in 0..<50 {
                simulation.at(.seconds(number % 5)) { order.value.append(number) }
            }
            let taken = simulation.after(.seconds(2)) { order.value.append(-1) }
            simulation.cancel(taken)
            await simulation.sleep(.seconds(10))
            simulation.cancel(taken)
        }
        #expect(report.isClean, "\(report)")
        #expect(order.value == (0..<50).sorted { ($0 % 5, $0) < ($1 % 5, $1) })
    }
}
