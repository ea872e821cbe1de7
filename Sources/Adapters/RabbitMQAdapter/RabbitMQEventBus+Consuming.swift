import Platform
import Ports

extension RabbitMQEventBus {
    public func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError) {
        try BusLimits.check(queue, prefetchMaximum: prefetchMaximum)
        let consumer = Consumer(.queue(queue, prefetchMaximum: prefetchMaximum), topology)
        let isOpen = await consumer.open()
        var failure: BusError? = isOpen || Task.isCancelled ? nil : .unavailable
        do {
            try await withThrowingDiscardingTaskGroup { group in
                // What came with the cancellation was not begun: it goes back.
                while isOpen, let delivery = try await consumer.next(), !Task.isCancelled {
                    group.addTask { await self.handle(delivery, of: queue, consumer, handler) }
                }
            }
        } catch {
            // The children were cancelled, and have ended.
            failure = .broken
        }
        await consumer.close()
        if let failure { throw failure }
    }

    private func handle(
        _ delivery: AMQPDelivery, of queue: QueueName, _ consumer: Consumer,
        _ handler: @Sendable (BusDelivery) async -> BusVerdict
    ) async {
        let message = delivery.message
        var count = message.deliveryCount ?? 0
        if delivery.isRedelivered {
            // Somebody had it and did not say what became of it; the message does not know yet.
            count += 1
            let isNoted = await giveBack(message, to: queue, after: count)
            guard !isNoted else { return consumer.settle(delivery.tag, isTaken: true) }
        }
        count += 1
        let verdict = await handler(
            BusDelivery(
                event: message.event,
                isRedelivered: delivery.isRedelivered || message.deliveryCount != nil,
                deliveryCount: count))
        let isTaken: Bool
        switch verdict {
        case .taken: isTaken = true
        case .again:
            await rest(afterDelivery: count)
            isTaken = await giveBack(message, to: queue, after: count)
        case .never(let reason):
            isTaken = await bury(message, of: queue, reason, after: count)
            // What cannot be buried now is tried again.
            if !isTaken { await rest(afterDelivery: count) }
        }
        consumer.settle(delivery.tag, isTaken: isTaken)
    }

    /// Puts a copy at the end of the queue that knows how often it was handed out, or buries it
    /// when that is too often; whether the original may be forgotten.
    private func giveBack(
        _ message: AMQPMessage, to queue: QueueName, after count: Int
    ) async -> Bool {
        let maximum = topology.configuration.bounds.deliveryCountMaximum
        guard count < maximum else {
            return await bury(message, of: queue, "delivered \(maximum) times", after: count)
        }
        return await move(message.handedOut(count), to: topology.names.queue(queue))
    }

    /// Makes a dead letter; whether the original may be forgotten.
    private func bury(
        _ message: AMQPMessage, of queue: QueueName, _ reason: String, after count: Int
    ) async -> Bool {
        await move(
            message.buried(reason, after: count), to: topology.names.deadLetters(of: queue))
    }

    /// Publishes a copy; what a consumer said counts even after its cancellation.
    private func move(_ message: AMQPMessage, to queue: String) async -> Bool {
        do throws(BusError) {
            try await publisher.publish(
                message, to: .queue(queue), isMandatory: true, isCancellable: false)
            return true
        } catch {
            // The original goes back as it is: maybe twice there, never lost.
            return false
        }
    }

    /// Lets time go by, unless the consumer is cancelled, who gives the event back at once.
    private func rest(afterDelivery count: Int) async {
        let pause = BusLimits.pause(afterDelivery: count)
        do { try await platform.clock.sleep(for: pause) } catch { return }
    }
}
