import FoundationEssentials
import StarchairAPI
import Synchronization

/// What one open page has shown, in order.
public final class LiveLog: Sendable {
    private struct State {
        var sequences: [Int64] = []
        var unreadableCount = 0
        var breakCount = 0
        var isClosed = false
    }

    /// Whose page it is.
    public let person: String
    private let state = Mutex(State())

    /// The log of a page that has shown nothing.
    public init(person: String) { self.person = person }

    /// The sequence numbers of the notifications that were shown, in order.
    public var sequences: [Int64] { state.withLock(\.sequences) }
    /// Texts that were no notifications.
    public var unreadableCount: Int { state.withLock(\.unreadableCount) }
    /// Connections that could not be had.
    public var breakCount: Int { state.withLock(\.breakCount) }

    /// Tells the page to close.
    public func close() { state.withLock { $0.isClosed = true } }

    var isClosed: Bool { state.withLock(\.isClosed) }

    /// The last notification that the page has.
    var last: Int64 { state.withLock { $0.sequences.last ?? 0 } }

    func add(_ text: String) {
        let view = read(text)
        state.withLock { state in
            if let view {
                state.sequences.append(view.sequence)
            } else {
                state.unreadableCount += 1
            }
        }
    }

    func countBreak() { state.withLock { $0.breakCount += 1 } }

    private func read(_ text: String) -> NotificationView? {
        do {
            return try JSONDecoder().decode(NotificationView.self, from: Data(text.utf8))
        } catch {
            return nil
        }
    }
}
