import Synchronization

/// Bounds repeated attempts to a share of the calls made, so that a service in trouble is not
/// buried under retries.
final class RetryBudget: Sendable {
    /// Retries that may be made at once after a quiet time.
    static let reserve = 20.0
    /// Retries earned by each call.
    static let perCall = 0.2

    private let tokens = Mutex(RetryBudget.reserve)

    /// Notes a first attempt.
    func earn() {
        tokens.withLock { $0 = min(Self.reserve, $0 + Self.perCall) }
    }

    /// Takes one retry from the budget; false when it is spent.
    func spend() -> Bool {
        tokens.withLock { tokens in
            guard tokens >= 1 else { return false }
            tokens -= 1
            return true
        }
    }
}
