import Platform
import Synchronization

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
                    results.set(number, .success(try await body(number)))
                } catch {
                    results.set(number, .failure(error))
                }
            }
        }
        for task in tasks { await task.wait() }
        return try (0..<count).map { number in
            guard let result = results.value(of: number) else {
                throw ConformanceFailure("task \(number)", expected: "run", found: "not run")
            }
            return try result.get()
        }
    }
}

/// The results of tasks that run together.
private final class Results<Value: Sendable>: Sendable {
    private let guarded = Mutex<[Int: Result<Value, any Error>]>([:])

    func set(_ number: Int, _ result: Result<Value, any Error>) {
        guarded.withLock { $0[number] = result }
    }

    func value(of number: Int) -> Result<Value, any Error>? { guarded.withLock { $0[number] } }
}
