/// A node's clock: the time of day as the node believes it, and a time that only goes forward.
public protocol NodeClock: Sendable {
    /// The time of day; it may be wrong and may step, so it never measures an interval.
    var now: Instant { get }

    /// The time since some fixed moment of this node's life; it never goes back.
    var uptime: Duration { get }

    /// Suspends for at least `duration` of the node's own time.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    func sleep(for duration: Duration) async throws
}
