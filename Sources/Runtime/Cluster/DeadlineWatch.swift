import Platform
import Synchronization

/// Ends work whose time is up: one sleeper for any number of calls, awake only while there are
/// some.
///
/// A timer for each call would stay in the system's timer queue long after its call ended.
public final class DeadlineWatch: Sendable {
    /// A running task, which may be cancelled as long as it is registered.
    private struct Running: Endable, @unchecked Sendable {
        let task: UnsafeCurrentTask

        func end() { task.cancel() }
    }

    private struct State {
        var watched: [UInt64: (work: any Endable, end: Duration)] = [:]
        var nextKey: UInt64 = 0
        var isTicking = false
    }

    private let state = Mutex(State())
    private let platform: Platform
    private let tick: Duration

    /// A watch that ends work at most `tick` late.
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
        let end = platform.clock.uptime + duration
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask {
                await withUnsafeCurrentTask { task in
                    guard let task else { preconditionFailure("a child task is a task") }
                    let key = self.register(Running(task: task), until: end)
                    let value = await body()
                    return self.unregister(key) && !Task.isCancelled ? value : nil
                }
            }
            return await group.next() ?? nil
        }
    }

    /// Waits for a promise's value until `end`; nil when that has come or the caller was cancelled.
    func value<Value>(of promise: Promise<Value>, until end: Duration) async -> Value? {
        let key = register(promise, until: end)
        defer { _ = unregister(key) }
        return await promise.value()
    }

    private func register(_ work: any Endable, until end: Duration) -> UInt64 {
        let (key, starts) = state.withLock { state in
            state.nextKey += 1
            state.watched[state.nextKey] = (work, end)
            defer { state.isTicking = true }
            return (state.nextKey, !state.isTicking)
        }
        if starts { platform.tasks.start("deadlines") { await self.watch() } }
        return key
    }

    /// Ends the watch over some work; false when its time was up before.
    private func unregister(_ key: UInt64) -> Bool {
        state.withLock { $0.watched.removeValue(forKey: key) != nil }
    }

    private func watch() async {
        while true {
            // When the node stops, all that runs is cancelled with it: nobody else would.
            var isStopping = false
            do { try await platform.clock.sleep(for: tick) } catch { isStopping = true }
            let now = platform.clock.uptime
            let isIdle = state.withLock { state in
                // A task is cancelled under the lock, so that it cannot end meanwhile.
                let late = state.watched.filter { isStopping || $0.value.end <= now }
                for (key, watched) in late.sorted(by: { $0.key < $1.key }) {
                    watched.work.end()
                    state.watched[key] = nil
                }
                if state.watched.isEmpty { state.isTicking = false }
                return state.watched.isEmpty
            }
            if isIdle { return }
        }
    }
}

/// What a watch can end.
protocol Endable: Sendable {
    func end()
}
