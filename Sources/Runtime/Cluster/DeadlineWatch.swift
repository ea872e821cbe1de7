import Platform
import Synchronization

/// Ends waits whose time is up: one sleeper for any number of waits, awake only while there are
/// some.
///
/// A timer for each call would stay in the system's timer queue long after its call ended.
public final class DeadlineWatch: Sendable {
    private struct State {
        var waiting: [UInt64: (end: Duration, continuation: CheckedContinuation<Void, Never>)] = [:]
        var nextKey: UInt64 = 0
        var isTicking = false
    }

    private let state = Mutex(State())
    private let platform: Platform
    private let tick: Duration

    /// A watch that ends waits at most `tick` late.
    public init(platform: Platform, tick: Duration = .milliseconds(20)) {
        self.platform = platform
        self.tick = tick
    }

    /// Runs `body` for at most `duration`, then cancels it.
    ///
    /// - Returns: what `body` returned; nil when its time was up or the caller was cancelled.
    ///   It returns only when `body` has ended, as structured work does.
    @discardableResult
    public func run<Value: Sendable>(
        for duration: Duration, _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                await self.wait(for: duration)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func wait(for duration: Duration) async {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        let end = platform.clock.uptime + duration
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (waits, starts) = state.withLock { state in
                    guard !Task.isCancelled else { return (false, false) }
                    state.waiting[key] = (end, continuation)
                    defer { state.isTicking = true }
                    return (true, !state.isTicking)
                }
                if !waits { continuation.resume() }
                if starts { platform.tasks.start("deadlines") { await self.run() } }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: key) }?.continuation.resume()
        }
    }

    private func run() async {
        while true {
            do { try await platform.clock.sleep(for: tick) } catch { break }
            let now = platform.clock.uptime
            let (ended, stops) = state.withLock { state in
                let ended = state.waiting.filter { $0.value.end <= now }
                for key in ended.keys { state.waiting[key] = nil }
                if state.waiting.isEmpty { state.isTicking = false }
                return (ended, state.waiting.isEmpty)
            }
            for (_, wait) in ended.sorted(by: { $0.key < $1.key }) { wait.continuation.resume() }
            if stops { return }
        }
        endAll()
    }

    /// The node stops: nobody would wake what still waits.
    private func endAll() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            state.isTicking = false
            return state.waiting.sorted { $0.key < $1.key }.map(\.value)
        }
        for wait in waiting { wait.continuation.resume() }
    }
}
