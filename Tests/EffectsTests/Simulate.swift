import ClusterSimulator
import Platform
import Testing

/// A step that did not come to its end, because its node crashed.
struct StepLost: Error {}

/// Runs one simulation on a thread of its own and returns what its main function returns.
///
/// A run that is not clean is an issue; its report names the seed that repeats it.
func simulated<Value: Sendable>(
    seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation,
    _ main: @escaping @Sendable (Simulation) async throws -> Value
) throws -> Value {
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
    return try result.value.get()
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

extension Platform {
    /// Suspends the caller for so long; being cancelled ends it early.
    func rest(_ duration: Duration) async {
        do { try await clock.sleep(for: duration) } catch { return }
    }
}
