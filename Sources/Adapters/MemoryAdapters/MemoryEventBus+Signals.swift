import Ports

extension MemoryEventBus {
    public func signal(_ signal: BusSignal) async throws(BusError) {
        try BusLimits.check(signal)
        let woken = state.withLock { state -> [CheckedContinuation<BusSignal?, Never>] in
            let keys = (state.listeners[signal.topic] ?? [:]).keys.sorted()
            return keys.compactMap { state.listeners[signal.topic]?[$0]?.take(signal) }
        }
        for listener in woken { listener.resume(returning: signal) }
    }

    public func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError) {
        try BusLimits.check(topic)
        let key = state.withLock { state in
            let key = state.makeKey()
            state.listeners[topic, default: [:]][key] = Listener()
            return key
        }
        while let signal = await nextSignal(about: topic, for: key) { await handler(signal) }
        state.withLock { state in
            state.listeners[topic]?[key] = nil
            if state.listeners[topic]?.isEmpty == true { state.listeners[topic] = nil }
        }
    }

    /// The next signal, once there is one; nil when the task is cancelled.
    private func nextSignal(about topic: TopicName, for key: UInt64) async -> BusSignal? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isOver, first) = state.withLock { state -> (Bool, BusSignal?) in
                    if Task.isCancelled { return (true, nil) }
                    guard let first = state.listeners[topic]?[key]?.popFirst() else {
                        state.listeners[topic]?[key]?.continuation = continuation
                        return (false, nil)
                    }
                    return (true, first)
                }
                if isOver { continuation.resume(returning: first) }
            }
        } onCancel: {
            state.withLock { $0.listeners[topic]?[key]?.removeContinuation() }?
                .resume(returning: nil)
        }
    }
}

extension MemoryEventBus.Listener {
    /// Who is to be woken with the signal; when nobody waits it is kept, if there is room.
    fileprivate mutating func take(
        _ signal: BusSignal
    ) -> CheckedContinuation<BusSignal?, Never>? {
        if let waiting = removeContinuation() { return waiting }
        if signals.count < BusLimits.signalCountMaximum { signals.append(signal) }
        return nil
    }

    fileprivate mutating func popFirst() -> BusSignal? {
        signals.isEmpty ? nil : signals.removeFirst()
    }

    fileprivate mutating func removeContinuation() -> CheckedContinuation<BusSignal?, Never>? {
        defer { continuation = nil }
        return continuation
    }
}
