import Platform
import StarchairAPI
import Synchronization

/// The open pages of one process, by whose they are.
final class LiveHub: Sendable {
    /// Pages of one account that one process serves.
    static let pageCountMaximum = 20

    private struct State {
        var pages: [AccountID: [Int: WakeUp]] = [:]
        var nextKey = 0
    }

    private let state = Mutex(State())

    /// Adds a page, which is woken when its account's inbox has something new; nil when the
    /// account has as many as one may.
    func add(_ page: WakeUp, of account: AccountID) -> Int? {
        state.withLock { state in
            guard state.pages[account, default: [:]].count < Self.pageCountMaximum else {
                return nil
            }
            state.nextKey += 1
            state.pages[account, default: [:]][state.nextKey] = page
            return state.nextKey
        }
    }

    /// Removes a page.
    func remove(_ key: Int, of account: AccountID) {
        state.withLock { state in
            state.pages[account]?[key] = nil
            if state.pages[account]?.isEmpty == true { state.pages[account] = nil }
        }
    }

    /// Wakes the pages of an account.
    func wake(_ account: AccountID) {
        let pages = state.withLock { Self.inOrder($0.pages[account] ?? [:]) }
        for page in pages { page.signal() }
    }

    /// Wakes all pages: hints may have been lost.
    func wakeAll() {
        let pages = state.withLock { state in
            Self.inOrder(state.pages.values.reduce(into: [:]) { $0.merge($1) { page, _ in page } })
        }
        for page in pages { page.signal() }
    }

    private static func inOrder(_ pages: [Int: WakeUp]) -> [WakeUp] {
        pages.sorted { $0.key < $1.key }.map(\.value)
    }
}
