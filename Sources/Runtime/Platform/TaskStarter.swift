/// Starts work that belongs to a node and ends with it.
public protocol TaskStarter: Sendable {
    /// Starts `body` beside the caller, under a name that reports show.
    ///
    /// The work is cancelled when the node stops. On a node that is down nothing is started, and
    /// the handle it returns is that of a task that has ended.
    @discardableResult
    func start(_ name: String, _ body: @escaping @Sendable () async -> Void) -> StartedTask
}

/// A handle on started work.
public struct StartedTask: Sendable {
    private let onCancel: @Sendable () -> Void
    private let onWait: @Sendable () async -> Void

    /// Wraps the two things that can be done with started work.
    public init(
        cancel: @escaping @Sendable () -> Void, wait: @escaping @Sendable () async -> Void
    ) {
        onCancel = cancel
        onWait = wait
    }

    /// Asks the work to end; it returns at once.
    public func cancel() { onCancel() }

    /// Returns when the work has ended.
    public func wait() async { await onWait() }
}
