import Platform
import Synchronization

/// Starts a node's tasks and knows which of them still run.
///
/// It keeps its records in several parts: with one, the thread that starts tasks and those on
/// which they end wait for each other.
public final class SystemTasks: TaskStarter {
    private struct Records {
        var isShutDown = false
        var running: [Int: (name: String, task: Task<Void, Never>)] = [:]
    }

    private final class Part: Sendable {
        let records = Mutex(Records())
    }

    private let parts = (0..<16).map { _ in Part() }
    private let startedCount = Atomic(0)

    /// A starter that has started nothing.
    public init() {}

    /// The names of the tasks that run, oldest first.
    public var names: [String] {
        running.sorted { $0.key < $1.key }.map(\.value.name)
    }

    @discardableResult
    public func start(
        _ name: String, _ body: @escaping @Sendable () async -> Void
    ) -> StartedTask {
        let number = startedCount.add(1, ordering: .relaxed).newValue
        let part = parts[number % parts.count]
        let started: Task<Void, Never>? = part.records.withLock { records in
            guard !records.isShutDown else { return nil }
            let task = Task(name: name) {
                await body()
                part.records.withLock { _ = $0.running.removeValue(forKey: number) }
            }
            records.running[number] = (name, task)
            return task
        }
        guard let started else { return StartedTask(cancel: {}, wait: {}) }
        return StartedTask(cancel: { started.cancel() }, wait: { await started.value })
    }

    /// Asks all tasks that run to end; it returns at once.
    public func cancelAll() {
        for record in running { record.value.task.cancel() }
    }

    /// Returns when no task runs, those that were started meanwhile included.
    ///
    /// A task that waits for all waits for itself, and so for ever.
    public func waitAll() async {
        while true {
            let records = running
            if records.isEmpty { return }
            for record in records { await record.value.task.value }
        }
    }

    /// Starts nothing from now on, cancels what runs and waits for its end.
    public func shutDown() async {
        for part in parts { part.records.withLock { $0.isShutDown = true } }
        cancelAll()
        await waitAll()
    }

    private var running: [(key: Int, value: (name: String, task: Task<Void, Never>))] {
        parts.flatMap { part in part.records.withLock { Array($0.running) } }
    }
}
