import PeerReview
import Platform
import StarchairAPI
import Synchronization

/// What everybody wanted and was told, in the order of a clock that all share.
///
/// Only what crossed the installation's edge stands here, so that the same invariants judge a
/// simulation, real processes and a live installation.
public final class History: Sendable {
    /// One intention and what became of it.
    public struct Entry: Hashable, Sendable {
        /// Who had it.
        public let person: String
        /// What it was.
        public let operation: Operation
        /// When it was begun.
        public let begun: Duration
        /// When its outcome was told; nil while nobody did.
        public fileprivate(set) var ended: Duration?
        /// What was told.
        public fileprivate(set) var outcome = Outcome.unknown
    }

    private let guarded = Mutex<[Entry]>([])
    private let clock: @Sendable () -> Duration

    /// An empty history on a clock that all share.
    public init(clock: @escaping @Sendable () -> Duration) { self.clock = clock }

    /// All entries, in the order in which they were begun.
    public var entries: [Entry] { guarded.withLock { $0 } }

    /// Records an intention around carrying it out.
    public func record<Value>(
        _ operation: Operation, by person: String, _ body: () async -> Told<Value>,
        seen: (Value) -> Outcome = { _ in .done }
    ) async -> Told<Value> {
        let now = clock()
        let index = guarded.withLock { entries in
            entries.append(Entry(person: person, operation: operation, begun: now))
            return entries.count - 1
        }
        let told = await body()
        let outcome: Outcome =
            switch told {
            case .done(let value): seen(value)
            case .refused(_, let code): .refused(code)
            case .unknown: .unknown
            }
        let end = clock()
        guarded.withLock { entries in
            entries[index].outcome = outcome
            if outcome != .unknown { entries[index].ended = end }
        }
        return told
    }
}
