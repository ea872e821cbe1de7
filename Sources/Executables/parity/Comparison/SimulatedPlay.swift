import ClusterSimulator
import Synchronization

/// Plays a sequence inside a simulation.
enum SimulatedPlay {
    /// A simulation that cannot be believed.
    struct Unclean: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs `body` on a node of a simulation and returns its answers; faults are off unless
    /// `body` sets them.
    static func answers(
        _ body: @escaping @Sendable (Simulation, SimulatedNode) async -> [Answer]
    ) throws -> [Answer] {
        let answers = Mutex<[Answer]>([])
        let report = SimulationThread.run {
            let simulation = Simulation(SimulationOptions(seed: 1, policy: .fifo))
            return simulation.run {
                let node = simulation.makeNode("client")
                await node.start("parity") {
                    let found = await body(simulation, node)
                    answers.withLock { $0 = found }
                }.wait()
            }
        }
        guard report.isClean else { throw Unclean(description: "\(report)") }
        return answers.withLock { $0 }
    }
}
