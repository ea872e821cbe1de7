/// A bounded place for work that blocks or computes for long: hashing, solving, C drivers.
public protocol Offload: Sendable {
    /// Runs `work` away from the caller's executor and returns what it returns.
    ///
    /// - Throws: what `work` throws; ``OffloadError/full`` when too much already waits.
    func run<Value: Sendable>(
        _ name: StaticString, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value
}

/// Why offloaded work was not run.
public enum OffloadError: Error, Sendable {
    /// The queue of waiting work has reached its bound: try again later.
    case full
}
