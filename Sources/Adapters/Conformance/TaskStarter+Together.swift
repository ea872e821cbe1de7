import Platform

extension TaskStarter {
    /// Runs `body` with 0 to `count` - 1 at the same time, and gives the results in that order.
    ///
    /// It starts them here and not in a task group, so that a simulation decides their order.
    func together<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        let results = Results<Value>()
        let tasks = (0..<count).map { number in
            start("conformance \(number)") {
                do {
                    await results.set(number, .success(try await body(number)))
                } catch {
                    await results.set(number, .failure(error))
                }
            }
        }
        for task in tasks { await task.wait() }
        return try await results.values(count)
    }
}

/// The results of tasks that run together.
private actor Results<Value: Sendable> {
    private var results: [Int: Result<Value, any Error>] = [:]

    func set(_ number: Int, _ result: Result<Value, any Error>) { results[number] = result }

    /// The values of tasks 0 to `count` - 1.
    func values(_ count: Int) throws -> [Value] {
        try (0..<count).map { number in
            guard let result = results[number] else {
                throw ConformanceFailure("task \(number)", expected: "run", found: "not run")
            }
            return try result.get()
        }
    }
}
