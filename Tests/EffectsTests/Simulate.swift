import ClusterSimulator
import Platform
import Testing

/// Runs one simulation and returns what its main function returns.
///
/// A run that is not clean is an issue; its report names the seed that repeats it.
func simulated<Value: Sendable>(
    seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ main: @escaping @Sendable (Simulation) async throws -> Value
) throws -> Value {
    let options = SimulationOptions(seed: seed, policy: .random)
    let (result, report) = Simulation.outcome(options, of: main)
    #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
    return try result.get()
}

/// Runs `body` on the only node of a simulation.
func onOneNode<Value: Sendable>(
    seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable (SimulatedNode) async throws -> Value
) throws -> Value {
    try simulated(seed: seed, sourceLocation: sourceLocation) { simulation in
        let node = simulation.makeNode("process")
        return try await node.perform { try await body(node) }
    }
}

extension Platform {
    /// Suspends the caller for so long; being cancelled ends it early.
    func rest(_ duration: Duration) async {
        do { try await clock.sleep(for: duration) } catch { return }
    }
}
