import ClusterSimulator
import Testing

struct PolicyTests {
    /// Whether one of two increments is lost; the second begins `delay` yields later.
    private func losesUpdate(_ seed: UInt64, _ policy: SchedulingPolicy, delay: Int) -> Bool {
        let final = Box(0)
        var options = SimulationOptions(seed: seed, policy: policy)
        options.stepCountExpected = 20 + delay
        let report = simulate(options) { simulation in
            let node = simulation.makeNode("node")
            let cell = Cell()
            let tasks = [0, delay].map { delay in
                node.start("increment") {
                    await yield(delay)
                    let value = await cell.value
                    await cell.set(value + 1)
                }
            }
            for task in tasks { await task.wait() }
            final.value = await cell.value
        }
        #expect(report.isClean, "\(report)")
        return final.value < 2
    }

    @Test func `first in first out never finds a late lost update`() {
        #expect(!(0..<50).contains { losesUpdate($0, .fifo, delay: 3) })
    }

    @Test func `a random walk finds a lost update`() {
        #expect((0..<500).contains { losesUpdate($0, .random, delay: 3) })
    }

    @Test(arguments: [2, 3])
    func `priorities find a lost update, however late`(depth: Int) {
        #expect((0..<500).contains { losesUpdate($0, .pct(depth: depth), delay: 3) })
        #expect((0..<500).contains { losesUpdate($0, .pct(depth: depth), delay: 30) })
    }
}
