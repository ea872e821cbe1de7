import Synchronization

/// What tasks have noted, in the order in which they did.
final class Outcome: Sendable {
    private let guarded = Mutex<[String]>([])

    var notes: [String] { guarded.withLock { $0 } }

    func note(_ text: String) { guarded.withLock { $0.append(text) } }
}
