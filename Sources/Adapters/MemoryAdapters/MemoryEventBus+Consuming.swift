import Ports

extension MemoryEventBus {
    public func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError) {
        try BusLimits.check(queue, prefetchMaximum: prefetchMaximum)
        attach(to: queue)
        await withTaskGroup(of: Void.self) { group in
            var begunCount = 0
            while let held = await next(of: queue) {
                group.addTask {
                    self.conclude(held.number, await handler(held.delivery), in: queue)
                }
                begunCount += 1
                if begunCount == prefetchMaximum {
                    await group.next()
                    begunCount -= 1
                }
            }
            detach(from: queue)
        }
    }

    private func attach(to queue: QueueName) {
        state.withLock { state in
            state.queues[queue, default: Queue(line: EventLine(bounds))].consumerCount += 1
        }
    }

    private func detach(from queue: QueueName) {
        let told = state.withLock { $0.queues[queue]?.removeConsumer() ?? [] }
        for tell in told { tell() }
    }

    /// The next event, once there is one; nil when the task is cancelled.
    private func next(of queue: QueueName) async -> Held? {
        let held = await nextOrCancelled(of: queue)
        guard let held, Task.isCancelled else { return held }
        let woken = state.withLock { state in
            state.queues[queue]?.line.takeBack(held.number)
            return state.queues[queue]?.handOut() ?? []
        }
        for wake in woken { wake() }
        return nil
    }

    private func nextOrCancelled(of queue: QueueName) async -> Held? {
        let key = state.withLock { $0.makeKey() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let woken = state.withLock { state -> [() -> Void] in
                    if Task.isCancelled { return [{ continuation.resume(returning: nil) }] }
                    state.queues[queue]?.idle[key] = continuation
                    return state.queues[queue]?.handOut() ?? []
                }
                for wake in woken { wake() }
            }
        } onCancel: {
            state.withLock { $0.queues[queue]?.idle.removeValue(forKey: key) }?
                .resume(returning: nil)
        }
    }

    /// Does what a consumer said about an event that it holds.
    private func conclude(_ number: Int, _ verdict: BusVerdict, in queue: QueueName) {
        let told = state.withLock { $0.queues[queue]?.conclude(number, verdict) }
        told?()
    }
}

extension MemoryEventBus.Queue {
    /// Takes a consumer away; when it was the last, nobody waits any longer.
    fileprivate mutating func removeConsumer() -> [() -> Void] {
        consumerCount -= 1
        guard consumerCount == 0 else { return [] }
        return publishers.keys.sorted().filter { !line.isHeld($0) }.compactMap { number in
            line.makeRest(number)
            return publishers.removeValue(forKey: number).map { publisher in
                { publisher.resume(returning: .nobody) }
            }
        }
    }

    fileprivate mutating func conclude(
        _ number: Int, _ verdict: BusVerdict
    ) -> (() -> Void)? {
        let publisher = publishers.removeValue(forKey: number)
        var answer = MemoryEventBus.Answer.settled
        switch verdict {
        case .taken: line.settle(number)
        case .never(let reason): line.bury(number, reason)
        case .again:
            answer = .again(deliveryCount: line.deliveryCount(of: number))
            // Without its publisher, who was cancelled and keeps it, nobody would try it again.
            if publisher == nil { line.giveUp(number) } else { line.makeRest(number) }
        }
        return publisher.map { publisher in { publisher.resume(returning: answer) } }
    }
}
