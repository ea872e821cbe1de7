import ClusterSimulator
import Glibc
import Platform
import Testing

struct EndingTests {
    /// A fork of a dining philosopher.
    private actor Fork {
        private var isTaken = false
        private var queue: [CheckedContinuation<Void, Never>] = []

        func take() async {
            if isTaken { await withCheckedContinuation { queue.append($0) } }
            isTaken = true
        }

        func giveAllBack() {
            for waiting in queue { waiting.resume() }
            queue = []
        }
    }

    @Test func `the report of a deadlock names the tasks and where they wait`() {
        let forks = Box([Fork(), Fork()])
        let report = simulate { simulation in
            let node = simulation.makeNode("table")
            let tasks = ["kant", "hume"].enumerated().map { index, name in
                node.start(name) {
                    await forks.value[index].take()
                    do {
                        try await node.platform.clock.sleep(for: .seconds(1))
                        await forks.value[1 - index].take()
                    } catch { return }
                }
            }
            for task in tasks { await task.wait() }
        }
        #expect(report.ending == .deadlock)
        let names = report.unfinishedTasks.map(\.name)
        #expect(names == ["main", "kant", "hume"])
        #expect(report.unfinishedTasks.allSatisfy { $0.awaits.addresses.count > 1 })
        #expect("\(report)".contains("node table (life 1) lane 1 task \"kant\""), "\(report)")
        #expect(report.leakedTaskCount == 3)
        #expect(report.violations.allSatisfy { $0.invariant == Violation.leakedTask })
        for fork in forks.value { Task { await fork.giveAllBack() } }
    }

    @Test func `the step limit stops a spin with sleeps of zero`() {
        var options = SimulationOptions(seed: 1)
        options.stepCountMaximum = 5000
        let report = simulate(options) { simulation in
            while !simulation.isReaping { await simulation.sleep(.zero) }
        }
        #expect(report.ending == .stepLimit)
        #expect(report.virtualTime == .zero)
    }

    @Test func `the step limit stops events that set each other off`() {
        var options = SimulationOptions(seed: 1)
        options.stepCountMaximum = 5000
        let report = simulate(options) { simulation in
            @Sendable func again() { simulation.after(.zero, again) }
            again()
            await simulation.sleep(.seconds(1))
        }
        #expect(report.ending == .stepLimit)
    }

    @Test func `the time limit stops a run that waits too long`() {
        var options = SimulationOptions(seed: 1)
        options.virtualTimeMaximum = .seconds(100)
        let report = simulate(options) { await $0.sleep(.seconds(101)) }
        #expect(report.ending == .timeLimit)
        #expect(report.virtualTime == .zero)
        #expect(report.leakedTaskCount == 0)
    }

    @Test func `one job that never suspends ends the process with its name`() async {
        let result = await #expect(
            processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
        ) {
            var options = SimulationOptions(seed: 1)
            options.jobRealTimeMaximum = .seconds(1)
            _ = simulate(options) { simulation in
                let node = simulation.makeNode("node")
                await node.start("endless loop") { while node.isUp { usleep(1000) } }.wait()
            }
        }
        let message = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
        #expect(message?.contains("task \"endless loop\"") == true, "\(message ?? "")")
    }
}
