import ClusterNetwork

/// Threads for peers that block: a piece of work in flight is a thread.
struct BlockingThreads: Sendable {
    private let offload: ThreadOffload

    init(countMaximum: Int) {
        offload = ThreadOffload(threadCount: countMaximum, waitingCountMaximum: countMaximum)
    }

    /// Sums up what `width` threads make of their shares of `count`.
    func sum(
        _ count: Int, _ width: Int,
        _ body: @escaping @Sendable (_ thread: Int, _ share: Int) throws -> Int
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for thread in 0..<width {
                group.addTask { [offload] in
                    try await offload.run("raw work") {
                        try body(thread, (count + thread) / width)
                    }
                }
            }
            return try await group.reduce(0, &+)
        }
    }
}
