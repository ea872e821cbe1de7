/// What the contenders of several comparisons work on, set up by the first that is wanted.
actor Stand<Value: Sendable> {
    private let setUp: @Sendable () async throws -> Value
    private var task: Task<Value, any Error>?

    init(_ setUp: @escaping @Sendable () async throws -> Value) { self.setUp = setUp }

    var value: Value {
        get async throws {
            let task = task ?? Task { [setUp] in try await setUp() }
            self.task = task
            return try await task.value
        }
    }

    /// Sets it up, unless it is.
    func prepare() async throws { _ = try await value }
}
