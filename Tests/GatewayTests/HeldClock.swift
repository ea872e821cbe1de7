import Platform
import Synchronization

/// A node's clock that stands still until a test moves it on.
final class HeldClock: NodeClock {
    private struct Sleeper {
        var duration: Duration
        var due: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var uptime = Duration.zero
        var nextKey = 0
        var sleepers: [Int: Sleeper] = [:]
        /// Who was cancelled before it slept.
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())
    private let start: Instant

    /// A clock that stands at a time of day.
    init(at start: Instant) { self.start = start }

    var now: Instant { start + uptime }
    var uptime: Duration { state.withLock { $0.uptime } }

    /// How many sleep for this long.
    func sleeperCount(for duration: Duration) -> Int {
        state.withLock { state in state.sleepers.values.count { $0.duration == duration } }
    }

    /// Moves on, and wakes those whose time has come.
    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.uptime += duration
            let due = state.sleepers.filter { $0.value.due <= state.uptime }
            for key in due.keys { state.sleepers[key] = nil }
            return due.values.sorted { $0.due < $1.due }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    func sleep(for duration: Duration) async throws {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(key) != nil { return true }
                    state.sleepers[key] = Sleeper(
                        duration: duration, due: state.uptime + duration,
                        continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                guard let sleeper = state.sleepers.removeValue(forKey: key) else {
                    state.cancelled.insert(key)
                    return Sleeper?.none
                }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
