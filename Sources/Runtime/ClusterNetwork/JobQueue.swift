import Dispatch
import Synchronization

/// The work that waits for a thread, and how many threads there are.
final class JobQueue: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State {
        var isClosed = false
        var jobs: [Job] = []
        var threadCount: Int
        var onThreadsEnded: [CheckedContinuation<Void, Never>] = []
    }

    private let waitingCountMaximum: Int
    private let threadCount: Int
    private let state: Mutex<State>
    /// Counts the jobs that wait and, once closed, one token for each thread.
    private let tokens = DispatchSemaphore(value: 0)

    init(threadCount: Int, waitingCountMaximum: Int) {
        self.threadCount = threadCount
        self.waitingCountMaximum = waitingCountMaximum
        state = Mutex(State(threadCount: threadCount))
    }

    /// How many jobs wait now.
    var waitingCount: Int { state.withLock { $0.jobs.count } }

    /// Adds a job at the end; false when the queue is full or closed.
    func offer(_ job: @escaping Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.jobs.count < waitingCountMaximum else { return false }
            state.jobs.append(job)
            return true
        }
        if isTaken { tokens.signal() }
        return isTaken
    }

    /// The oldest job, when there is one; nil when the queue is closed and empty.
    func take() -> Job? {
        tokens.wait()
        return state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
    }

    /// Takes no more jobs and lets each thread end when none waits.
    func close() {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        for _ in 0..<threadCount { tokens.signal() }
    }

    /// Says that one thread takes no more jobs.
    func endThread() {
        let waiters = state.withLock { state in
            state.threadCount -= 1
            guard state.threadCount == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.onThreadsEnded = [] }
            return state.onThreadsEnded
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when all threads have ended.
    func waitForThreads() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.threadCount > 0 { state.onThreadsEnded.append(continuation) }
                return state.threadCount == 0
            }
            if hasEnded { continuation.resume() }
        }
    }
}
