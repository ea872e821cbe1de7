/// Work that is done several times at once.
enum InFlight {
    /// Sums up `count` outcomes of `body`, with `width` of them under way at any time.
    static func sum(
        _ count: Int, _ width: Int, _ body: @escaping @Sendable () async throws -> Int
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<width {
                group.addTask {
                    var sum = 0
                    for _ in 0..<((count + number) / width) { sum &+= try await body() }
                    return sum
                }
            }
            return try await group.reduce(0, &+)
        }
    }
}
