import Glibc
import Platform

/// A fixed number of threads for work that blocks, and a bounded queue before them.
public final class ThreadOffload: Offload {
    private let queue: JobQueue

    /// Starts `threadCount` threads; `waitingCountMaximum` bounds the work that waits for one.
    public init(threadCount: Int, waitingCountMaximum: Int) {
        precondition(threadCount > 0 && waitingCountMaximum > 0, "work needs a thread and a place")
        queue = JobQueue(threadCount: threadCount, waitingCountMaximum: waitingCountMaximum)
        for _ in 0..<threadCount { Self.startThread(queue) }
    }

    deinit { queue.close() }

    /// How much work waits for a thread now.
    public var waitingCount: Int { queue.waitingCount }

    public func run<Value: Sendable>(
        _ name: StaticString, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = queue.offer { continuation.resume(with: Result(catching: work)) }
            if !isTaken { continuation.resume(throwing: OffloadError.full) }
        }
    }

    /// Takes no more work, finishes what waits, and returns when all threads have ended.
    ///
    /// Work that comes later is refused as when the queue is full.
    public func shutDown() async {
        queue.close()
        await queue.waitForThreads()
    }

    private static func startThread(_ queue: JobQueue) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(queue).toOpaque()
        let code = pthread_create(&thread, nil, threadBody, argument)
        precondition(code == 0, "a node can start the threads it is configured for")
        pthread_detach(thread)
    }
}

private func threadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let queue = Unmanaged<JobQueue>.fromOpaque(argument).takeRetainedValue()
    while let job = queue.take() { job() }
    queue.endThread()
    return nil
}
