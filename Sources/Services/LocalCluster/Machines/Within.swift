import Platform

/// What `body` returns, if it does in time.
func within<Value: Sendable>(
    _ limit: Duration, _ clock: any NodeClock, _ complaint: String,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await clock.sleep(for: limit)
            throw ClusterFailure("\(complaint) within \(limit)")
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw ClusterFailure(complaint) }
        return value
    }
}
