import ClusterSimulator
import Platform
import Testing

/// A step that did not come to its end.
struct StepLost: Error {}

/// Runs one simulation and returns its report with what its main function returns; a run that is
/// not clean is an issue.
@discardableResult
func simulated<Value: Sendable>(
    seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ main: @escaping @Sendable (Simulation) async throws -> Value
) throws -> (value: Value, report: SimulationReport) {
    let options = SimulationOptions(seed: seed, policy: .random)
    let (result, report) = Simulation.outcome(options, of: main)
    #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
    return (try result.get(), report)
}

/// Runs one simulation with a desk at a fresh Consul.
@discardableResult
func atDesk<Value: Sendable>(
    seed: UInt64 = 1, agents: [String] = ["agent"],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ main: @escaping @Sendable (Desk) async throws -> Value
) throws -> Value {
    try simulated(seed: seed, sourceLocation: sourceLocation) { simulation in
        try await main(Desk(simulation, agents: agents))
    }.value
}
