import Platform

/// Starts a node's tasks in a simulation, each on a lane of its own.
public struct SimulatedTasks: TaskStarter {
    let node: SimulatedNode

    /// Starts `body` beside the caller, under a name that reports show.
    @discardableResult
    public func start(
        _ name: String, _ body: @escaping @Sendable () async -> Void
    ) -> StartedTask {
        node.start(name, body)
    }
}
