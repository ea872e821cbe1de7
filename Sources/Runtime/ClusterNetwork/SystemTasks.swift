import Platform
import Synchronization

/// Starts a node's tasks and knows which of them still run.
public final class SystemTasks: TaskStarter {
    private struct State {
        var isShutDown = false
        var startedCount = 0
        var running: [Int: (name: String, task: Task<Void, Never>)] = [:]
    }

    private let state = Mutex(State())

    /// A starter that has started nothing.
    public init() {}

    /// The names of the tasks that run, oldest first.
    public var names: [String] {
        state.withLock { state in
            state.running.sorted { $0.key < $1.key }.map(\.value.name)
        }
    }

    @discardableResult
    public func start(
        _ name: String, _ body: @escaping @Sendable () async -> Void
    ) -> StartedTask {
        let started: Task<Void, Never>? = state.withLock { state in
            guard !state.isShutDown else { return nil }
            state.startedCount += 1
            let number = state.startedCount
            let task = Task(name: name) {
                await body()
                self.state.withLock { _ = $0.running.removeValue(forKey: number) }
            }
            state.running[number] = (name, task)
            return task
        }
        guard let started else { return StartedTask(cancel: {}, wait: {}) }
        return StartedTask(cancel: { started.cancel() }, wait: { await started.value })
    }

    /// Asks all tasks that run to end; it returns at once.
    public func cancelAll() {
        for task in runningTasks { task.cancel() }
    }

    /// Returns when no task runs, those that were started meanwhile included.
    ///
    /// A task that waits for all waits for itself, and so for ever.
    public func waitAll() async {
        while true {
            let tasks = runningTasks
            if tasks.isEmpty { return }
            for task in tasks { await task.value }
        }
    }

    /// Starts nothing from now on, cancels what runs and waits for its end.
    public func shutDown() async {
        state.withLock { $0.isShutDown = true }
        cancelAll()
        await waitAll()
    }

    private var runningTasks: [Task<Void, Never>] {
        state.withLock { $0.running.values.map(\.task) }
    }
}
