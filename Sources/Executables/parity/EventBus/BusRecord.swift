import Synchronization

/// What a consumer or listener was told, in order.
final class BusRecord: Sendable {
    private let notes = Mutex<[String]>([])

    var count: Int { notes.withLock { $0.count } }

    func note(_ text: String) { notes.withLock { $0.append(text) } }

    /// All notes, which are forgotten.
    func take() -> [String] {
        notes.withLock { notes in
            defer { notes = [] }
            return notes
        }
    }
}
