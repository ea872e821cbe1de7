import Synchronization

/// Counts what a consumer was handed, for whoever waits until all has come.
final class Arrivals: Sendable {
    private struct State {
        var count = 0
        var awaited = 0
        var waiter: CheckedContinuation<Void, Never>?

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            defer { waiter = nil }
            return waiter
        }
    }

    private let state = Mutex(State())

    func note() {
        let waiter = state.withLock { state in
            state.count += 1
            return state.count >= state.awaited ? state.takeWaiter() : nil
        }
        waiter?.resume()
    }

    /// Returns when so many more have come than had been awaited before; one task waits at a time.
    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let waiter = state.withLock { state in
                state.awaited += count
                state.waiter = continuation
                return state.count >= state.awaited ? state.takeWaiter() : nil
            }
            waiter?.resume()
        }
    }
}
