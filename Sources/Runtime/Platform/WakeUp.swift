import Synchronization

/// Wakes whoever waits for something to do; a signal that comes while nobody waits is kept.
///
/// It is a hint for one waiter at a time: what is to be done stands elsewhere.
public final class WakeUp: Sendable {
    private struct State {
        var isSet = false
        var waiter: (key: UInt64, continuation: CheckedContinuation<Void, Never>)?
        var nextKey: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Nothing to do yet.
    public init() {}

    /// Wakes the waiter, or the next one.
    public func signal() {
        let waiter = state.withLock { state in
            state.isSet = state.waiter == nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.continuation.resume()
    }

    /// Returns at a signal, after `limit` of the node's time, or when the task is cancelled.
    ///
    /// - Returns: whether there was a signal.
    @discardableResult
    public func wait(atMost limit: Duration, on clock: any NodeClock) async -> Bool {
        guard !takeSignal() else { return true }
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                // Cancelled or not, the wait is over.
                do { try await clock.sleep(for: limit) } catch { return false }
                return false
            }
            group.addTask {
                await self.next()
                return true
            }
            let isSignalled = await group.next() ?? false
            group.cancelAll()
            return isSignalled
        }
    }

    private func takeSignal() -> Bool {
        state.withLock { state in
            defer { state.isSet = false }
            return state.isSet
        }
    }

    private func next() async {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard !state.isSet, !Task.isCancelled, state.waiter == nil else {
                        state.isSet = false
                        return false
                    }
                    state.waiter = (key, continuation)
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                guard state.waiter?.key == key else {
                    return CheckedContinuation<Void, Never>?.none
                }
                defer { state.waiter = nil }
                return state.waiter?.continuation
            }
            waiter?.resume()
        }
    }
}
