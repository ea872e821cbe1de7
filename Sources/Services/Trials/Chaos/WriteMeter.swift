import Platform
import Synchronization

/// Counts what goes to an installation and comes back, and knows which writes are under way.
///
/// A write is a request under an intention's name. It is acknowledged by an answer of success.
public final class WriteMeter: Sendable {
    /// What has been counted.
    public struct Counts: Hashable, Sendable, Codable {
        /// Requests that were sent, each attempt counted.
        public var requestCount = 0
        /// Those that had an answer that settles them.
        public var answeredCount = 0
        /// Those that were answered that it does not work now.
        public var deferredCount = 0
        /// Those that had no answer.
        public var silentCount = 0
        /// Writes among them that were acknowledged.
        public var acknowledgedCount = 0
        /// Writes under way now.
        public var inFlightCount = 0
        /// The most writes that ever were under way at once.
        public var inFlightMaximum = 0
    }

    /// How much was under way at a moment.
    public struct Load: Hashable, Sendable, Codable {
        /// Writes acknowledged within the second before.
        public let acknowledgedCount: Int
        /// Writes under way.
        public let inFlightCount: Int
    }

    private struct State {
        var counts = Counts()
        /// When writes were acknowledged, oldest first, within the last second.
        var recent: [Duration] = []
    }

    private static let span = Duration.seconds(1)

    private let state = Mutex(State())
    private let clock: @Sendable () -> Duration

    /// A meter that has counted nothing.
    public init(clock: @escaping @Sendable () -> Duration) { self.clock = clock }

    /// What has been counted until now.
    public var counts: Counts { state.withLock(\.counts) }

    /// How much is under way now.
    public var load: Load {
        let now = clock()
        return state.withLock { state in
            Load(
                acknowledgedCount: state.recent.count { $0 > now - Self.span },
                inFlightCount: state.counts.inFlightCount)
        }
    }

    func begin(isWrite: Bool) {
        state.withLock { state in
            state.counts.requestCount += 1
            guard isWrite else { return }
            state.counts.inFlightCount += 1
            state.counts.inFlightMaximum = max(
                state.counts.inFlightMaximum, state.counts.inFlightCount)
        }
    }

    /// - Parameter status: of the answer; nil when none came.
    func end(isWrite: Bool, status: Int?) {
        let now = clock()
        state.withLock { state in
            switch status {
            case nil: state.counts.silentCount += 1
            case .some(500...): state.counts.deferredCount += 1
            case .some: state.counts.answeredCount += 1
            }
            guard isWrite else { return }
            state.counts.inFlightCount -= 1
            guard let status, (200..<300).contains(status) else { return }
            state.counts.acknowledgedCount += 1
            state.recent.removeAll { $0 <= now - Self.span }
            state.recent.append(now)
        }
    }
}
