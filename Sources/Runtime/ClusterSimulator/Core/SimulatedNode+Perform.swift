import Synchronization

extension SimulatedNode {
    /// Runs `body` on a lane of its own on this node, and returns what it returns.
    ///
    /// - Throws: what `body` throws; ``NodeIsDown`` when the node crashed before the end.
    public func perform<Value: Sendable>(
        _ name: String = "step", _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let outcome = Outcome<Value>(orElse: NodeIsDown(node: self.name))
        await start(name) { await outcome.take(body) }.wait()
        return try outcome.result.get()
    }
}

extension Simulation {
    /// Runs `main` as a whole simulation on a thread of its own; gives what it returned or threw,
    /// and the report.
    public static func outcome<Value: Sendable>(
        _ options: SimulationOptions,
        of main: @escaping @Sendable (Simulation) async throws -> Value
    ) -> (result: Result<Value, any Error>, report: SimulationReport) {
        SimulationThread.run {
            let simulation = Simulation(options)
            let outcome = Outcome<Value>(orElse: NodeIsDown(node: simulation.world.name))
            let report = simulation.run { await outcome.take { try await main(simulation) } }
            return (outcome.result, report)
        }
    }
}

/// What a step came to.
private final class Outcome<Value: Sendable>: Sendable {
    private let guarded: Mutex<Result<Value, any Error>>

    var result: Result<Value, any Error> { guarded.withLock { $0 } }

    init(orElse error: any Error) { guarded = Mutex(.failure(error)) }

    func take(_ body: () async throws -> Value) async {
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        guarded.withLock { $0 = result }
    }
}
