import Ports

extension MemoryEventBus {
    public func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
        try BusLimits.check(event, to: queue)
        let number = try state.withLock { state throws(BusError) in
            guard state.queues[queue] != nil else { throw .unroutable }
            return try state.queues[queue, default: Queue(line: EventLine(bounds))].line
                .admit(event)
        }
        do throws(BusError) {
            try await handOver(number, in: queue)
        } catch {
            keepBack(number, in: queue)
            throw error
        }
    }

    /// Returns when a consumer has settled a resting event; else it rests again, or is held by a
    /// consumer who settles it later.
    func handOver(_ number: Int, in queue: QueueName) async throws(BusError) {
        var waited = Duration.zero
        while true {
            switch await answer(to: number, in: queue) {
            case .settled: return
            case .again(let count):
                guard count < Self.attemptCountMaximum else { throw .unavailable }
                try await rest(for: BusLimits.pause(afterDelivery: count))
            case .nobody:
                guard waited < Self.consumerWaitMaximum else { throw .unavailable }
                try await rest(for: Self.consumerPollInterval)
                waited += Self.consumerPollInterval
            case .cancelled(let isHeld): throw isHeld ? .unconfirmed : .unavailable
            }
        }
    }

    /// Leaves an event that rests to its publisher; one that a consumer holds is the consumer's.
    func keepBack(_ number: Int, in queue: QueueName) {
        state.withLock { state in
            guard state.queues[queue]?.line.isHeld(number) == false else { return }
            state.queues[queue]?.line.giveUp(number)
        }
    }

    private func rest(for pause: Duration) async throws(BusError) {
        do {
            try await platform.clock.sleep(for: pause)
        } catch {
            throw .unavailable
        }
    }

    /// Makes a resting event wait, and returns when it no longer waits for a consumer or its
    /// verdict.
    private func answer(to number: Int, in queue: QueueName) async -> Answer {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (refusal, handedOut) = state.withLock { state -> (Answer?, [() -> Void]) in
                    if Task.isCancelled { return (.cancelled(isHeld: false), []) }
                    guard state.queues[queue]?.consumerCount ?? 0 > 0 else {
                        return (.nobody, [])
                    }
                    state.queues[queue]?.publishers[number] = continuation
                    state.queues[queue]?.line.makeWait(number)
                    return (nil, state.queues[queue]?.handOut() ?? [])
                }
                if let refusal { continuation.resume(returning: refusal) }
                for wake in handedOut { wake() }
            }
        } onCancel: {
            let told = state.withLock { state in
                state.queues[queue]?.abandon(number)
            }
            told?()
        }
    }
}

extension MemoryEventBus.Queue {
    /// Gives waiting events to idle consumers; what it returns wakes them.
    mutating func handOut() -> [() -> Void] {
        var woken: [() -> Void] = []
        while let key = idle.keys.min(), let (number, delivery) = line.takeFirst() {
            guard let consumer = idle.removeValue(forKey: key) else { break }
            let held = MemoryEventBus.Held(number: number, delivery: delivery)
            woken.append { consumer.resume(returning: held) }
        }
        return woken
    }

    /// Ends the wait of a cancelled publisher, whose event rests unless a consumer holds it.
    fileprivate mutating func abandon(_ number: Int) -> (() -> Void)? {
        guard let publisher = publishers.removeValue(forKey: number) else { return nil }
        let isHeld = line.isHeld(number)
        if !isHeld { line.makeRest(number) }
        return { publisher.resume(returning: .cancelled(isHeld: isHeld)) }
    }
}
