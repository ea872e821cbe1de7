import ClusterSimulator
import Platform
import Testing

/// A step that did not come to its end.
struct StepLost: Error {}

/// Runs one simulation on a thread of its own and returns its report with what its main function
/// returns; a run that is not clean is an issue.
@discardableResult
func simulated<Value: Sendable>(
    seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ main: @escaping @Sendable (Simulation) async throws -> Value
) throws -> (value: Value, report: SimulationReport) {
    let result = Box<Result<Value, any Error>>(.failure(StepLost()))
    let report = SimulationThread.run {
        let simulation = Simulation(SimulationOptions(seed: seed, policy: .random))
        return simulation.run {
            do {
                result.value = .success(try await main(simulation))
            } catch {
                result.value = .failure(error)
            }
        }
    }
    #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
    return (try result.value.get(), report)
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

extension SimulatedNode {
    /// Runs `body` on this node and returns what it returns.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let result = Box<Result<Value, any Error>>(.failure(StepLost()))
        await start("step") {
            do {
                result.value = .success(try await body())
            } catch {
                result.value = .failure(error)
            }
        }.wait()
        return try result.value.get()
    }
}
