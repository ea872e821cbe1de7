import Synchronization

/// A value that one task waits for, at most, and that is given once.
final class Promise<Value: Sendable>: Endable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value?, Never>)
        case given(Value)
        case over
    }

    private let state = Mutex(State.empty)

    /// Gives the value; what comes later is dropped.
    func give(_ value: Value) {
        let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
            switch state {
            case .empty: state = .given(value)
            case .waiting(let continuation):
                state = .over
                return continuation
            case .given, .over: break
            }
            return nil
        }
        waiter?.resume(returning: value)
    }

    /// Waits for the value; nil when the waiting task is cancelled first.
    func value() async -> Value? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let given = state.withLock { state -> Value?? in
                    switch state {
                    case .given(let value):
                        state = .over
                        return value
                    case .over: return .some(nil)
                    case .empty, .waiting:
                        state = .waiting(continuation)
                        return nil
                    }
                }
                if let given { continuation.resume(returning: given) }
            }
        } onCancel: {
            end()
        }
    }

    /// Ends the wait without a value, unless it has come.
    func end() {
        let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
            if case .given = state { return nil }
            defer { state = .over }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
        waiter?.resume(returning: nil)
    }
}
