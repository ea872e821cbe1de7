import Ports

/// A planted deviation: each delivery is called the first.
struct UncountingBus: EventBus {
    let bus: any EventBus

    func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
        try await bus.publish(event, to: queue)
    }

    func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError) {
        try await bus.consume(queue, prefetchMaximum: prefetchMaximum) { delivery in
            await handler(
                BusDelivery(
                    event: delivery.event, isRedelivered: delivery.isRedelivered, deliveryCount: 1))
        }
    }

    func signal(_ signal: BusSignal) async throws(BusError) { try await bus.signal(signal) }

    func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError) {
        try await bus.listen(to: topic, handler)
    }
}
