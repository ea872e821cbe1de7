import ClusterSimulator
import Platform
import Testing

struct TraceTests {
    private func options(keeping count: Int = 1000) -> SimulationOptions {
        var options = SimulationOptions(seed: 1, policy: .random)
        options.recordsTrace = true
        options.recordsJobs = false
        options.traceEventCountMaximum = count
        return options
    }

    @Test(arguments: [1, 2, 9, 10, 11])
    func `a full trace keeps its last events and says by numbers what is missing`(count: Int) {
        let report = simulate(options(keeping: count)) { simulation in
            for number in 0..<9 { simulation.record(.note, "\(number)") }
        }
        let kept = report.trace.map(\.text)
        #expect(kept == (["main"] + (0..<9).map { "\($0)" }).suffix(count))
        #expect(report.trace.last?.ordinal == 9)
        #expect(report.trace.first?.ordinal == max(0, 10 - count))
    }

    @Test func `faults and violations are kept beside the last events, in their order`() {
        let report = simulate(options(keeping: 2)) { simulation in
            simulation.makeNode("a").crash()
            for number in 0..<5 { simulation.record(.note, "\(number)") }
            simulation.fail("invariant", "broken")
            simulation.record(.note, "5")
        }
        #expect(report.trace.map(\.kind.name) == ["fault", "note", "violation", "note"])
        #expect(report.trace.map(\.ordinal) == [1, 6, 7, 8])
    }

    @Test func `faults are bounded too, and the last are kept`() {
        let report = simulate(options(keeping: 3)) { simulation in
            for number in 0..<10 { simulation.makeNode("\(number)").crash() }
        }
        #expect(report.trace.filter { $0.kind == .fault }.map(\.node) == ["7", "8", "9"])
    }

    @Test func `jobs are left out when they are not asked for`() {
        for isAsked in [false, true] {
            var options = options()
            options.recordsJobs = isAsked
            let report = simulate(options) { _ in await Task.yield() }
            #expect(report.trace.contains { $0.kind == .job } == isAsked)
            #expect(report.trace.contains { $0.kind == .start })
        }
    }

    @Test func `a crash and a pause say what has become of the node`() {
        let report = simulate(options()) { simulation in
            let node = simulation.makeNode("a")
            node.pause(for: .seconds(2))
            node.crash()
            simulation.makeNode("b").stepClock(by: .seconds(1))
        }
        #expect(
            report.trace.filter { $0.kind == .fault }.map(\.detail) == [
                .condition(.paused(until: .seconds(2))), .condition(.crashed), .none,
            ])
    }
}
