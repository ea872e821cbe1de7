extension SimulatedNode {
    /// What a port calls, once, to end a wait; later calls do nothing.
    package typealias Wake<Value> = @Sendable (Result<Value, any Error>) -> Void

    /// Suspends until the port that `arm` sets up wakes it: the one way in which ports wait.
    ///
    /// The caller suspends at least once, even when it fails, so that no loop stays inside one
    /// job. On a node that is down `arm` is not called and nothing returns before the reaper.
    ///
    /// - Throws: what it is woken with; `CancellationError`; ``WrongNode`` on another node's
    ///   lane; ``NodeIsDown`` in the reaper.
    package func park<Value: Sendable>(
        _ arm: (@escaping Wake<Value>) -> Void
    ) async throws -> Value {
        let before = simulation.jobCount
        let outcome = await wait(arm)
        if simulation.jobCount == before { await Task.yield() }
        return try outcome.get()
    }

    private func wait<Value: Sendable>(
        _ arm: (@escaping Wake<Value>) -> Void
    ) async -> Result<Value, any Error> {
        if let refusal = refusal() { return .failure(refusal) }
        let key = waits.makeKey()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waits.insert(key) { continuation.resume(returning: .failure($0)) }
                guard isUp else { return }
                arm { [self] result in
                    guard isUp || simulation.isReaping, waits.remove(key) != nil else { return }
                    continuation.resume(returning: result)
                }
            }
        } onCancel: {
            waits.remove(key)?(CancellationError())
        }
    }

    /// Why a wait must not begin, if it must not.
    private func refusal() -> (any Error)? {
        if simulation.isReaping { return NodeIsDown(node: name) }
        guard simulation.runningNode === self else {
            let user = simulation.runningNode?.name ?? ""
            simulation.fail(Violation.wrongNode, "\(user) waited in a port of \(name)")
            return WrongNode(owner: name, user: user)
        }
        return Task.isCancelled && isUp ? CancellationError() : nil
    }
}
