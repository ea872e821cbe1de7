import ClusterSimulator
import Platform
import Testing

struct MemoryTests {
    /// A server with background work that crashes and restarts three times.
    private static func crashingRun(seed: UInt64) -> SimulationReport {
        let simulation = Simulation(SimulationOptions(seed: seed))
        let crashes = simulation.random("crash")
        return simulation.run {
            for _ in 0..<3 {
                let node = simulation.makeNode("server")
                for _ in 0..<3 { node.start("work") { await serve(node) } }
                let range = Duration.zero...Duration.milliseconds(20)
                await simulation.sleep(crashes.duration(in: range))
                let step = simulation.stepCount + crashes.below(20)
                simulation.beforeStep = { if $0 == step { node.crash() } }
                await simulation.sleep(.milliseconds(5))
            }
        }
    }

    private static func serve(_ node: SimulatedNode) async {
        let (stream, source) = AsyncStream<Int>.makeStream()
        let clock = node.platform.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stream { await yield(1) } }
            group.addTask {
                defer { source.finish() }
                do {
                    while true {
                        try await clock.sleep(for: .milliseconds(1))
                        source.yield(1)
                    }
                } catch { return }
            }
        }
    }

    /// In a process of its own, whose size no other test changes.
    @Test func `two thousand simulations with crashes leak no task and no memory`() async {
        await #expect(processExitsWith: .success) {
            var sizes: [Int] = []
            for seed in 0..<2000 as Range<UInt64> {
                let report = Self.crashingRun(seed: seed)
                precondition(report.isClean && report.leakedTaskCount == 0, "\(report)")
                if seed % 500 == 499 { sizes.append(DeterministicProcess.residentByteCount) }
            }
            let growth = sizes[3] - sizes[0]
            precondition(growth < 1 << 20, "the process grew by \(growth) bytes")
        }
    }

    @Test func `a simulation and its nodes are freed when nobody holds them`() {
        final class Held {
            weak var simulation: Simulation?
            weak var node: SimulatedNode?
        }
        let held = Box(Held())
        SimulationThread.run {
            let simulation = Simulation(SimulationOptions(seed: 1))
            held.value.simulation = simulation
            _ = simulation.run {
                let server = simulation.makeNode("server")
                held.value.node = server
                server.start("work") { await Self.serve(server) }
                await simulation.sleep(.seconds(1))
            }
        }
        #expect(held.value.simulation == nil)
        #expect(held.value.node == nil)
    }
}
