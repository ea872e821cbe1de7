import Synchronization

/// What a smoke run looked at, and what of it was wrong.
public final class SmokeReport: Sendable {
    private struct State {
        var passedCount = 0
        var failures: [String] = []
    }

    private let state = Mutex(State())
    private let onCheck: @Sendable (_ name: String, _ passed: Bool) -> Void

    /// A report that tells each check as it is made.
    public init(onCheck: @escaping @Sendable (_ name: String, _ passed: Bool) -> Void) {
        self.onCheck = onCheck
    }

    /// Checks that hold.
    public var passedCount: Int { state.withLock(\.passedCount) }
    /// Checks that do not, in words.
    public var failures: [String] { state.withLock(\.failures) }

    func check(_ name: String, _ isTrue: Bool, found: @autoclosure () -> String = "") {
        let detail = isTrue ? "" : found()
        state.withLock { state in
            if isTrue {
                state.passedCount += 1
            } else {
                state.failures.append(detail.isEmpty ? name : "\(name): \(detail)")
            }
        }
        onCheck(name, isTrue)
    }
}
