import ClusterSimulator
import Platform
import Testing

/// Runs of small simulations, one for each seed.
enum SimulatedRun {
    /// The seeds that most facts are tried with.
    static let seeds: [UInt64] = [1, 2, 3, 4, 5]

    /// Runs `body` on the world's lane and gives the report, which must be clean.
    @discardableResult
    static func clean(
        _ seed: UInt64, location: SourceLocation = #_sourceLocation,
        _ body: @escaping @Sendable (Simulation) async -> Void
    ) -> SimulationReport {
        let report = report(seed, body)
        #expect(report.isClean, "seed \(seed): \(report)", sourceLocation: location)
        return report
    }

    /// Runs `body` on the world's lane and gives the report.
    static func report(
        _ seed: UInt64, _ body: @escaping @Sendable (Simulation) async -> Void
    ) -> SimulationReport {
        SimulationThread.run {
            let simulation = Simulation(SimulationOptions(seed: seed))
            return simulation.run { await body(simulation) }
        }
    }
}

extension SimulationReport {
    /// How often something was counted.
    func count(_ name: String) -> Int { counters.first { $0.name == name }?.count ?? 0 }
}
