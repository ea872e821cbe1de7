import ClusterSimulator
import Platform

/// Runs one simulation on a thread of its own.
func simulate(
    _ options: SimulationOptions, _ main: @escaping @Sendable (Simulation) async -> Void
) -> SimulationReport {
    SimulationThread.run {
        let simulation = Simulation(options)
        return simulation.run { await main(simulation) }
    }
}

/// Runs one simulation of a seed under the random policy.
func simulate(
    seed: UInt64 = 1, _ main: @escaping @Sendable (Simulation) async -> Void
) -> SimulationReport {
    simulate(SimulationOptions(seed: seed, policy: .random), main)
}

/// Lets another task go first, `count` times.
func yield(_ count: Int) async {
    for _ in 0..<count { await Task.yield() }
}

extension Simulation {
    /// Suspends the run's main function.
    func sleep(_ duration: Duration) async {
        do {
            try await world.platform.clock.sleep(for: duration)
        } catch is CancellationError {
            return
        } catch {
            precondition(isReaping, "only the reaper ends the world's sleep")
        }
    }
}
