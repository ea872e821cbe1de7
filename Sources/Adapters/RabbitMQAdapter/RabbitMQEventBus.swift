import Platform
import Ports

/// A bus on a RabbitMQ broker: one connection publishes for all, and each consumer and listener
/// has one of its own, so that what ends one of them leaves the others alone.
///
/// An event is acknowledged to its publisher when its queue, durable and of the classic type, has
/// confirmed it. An event that is sent back is put at the end of its queue as a copy that says
/// how often it was handed out, and only when that is confirmed is the original given up: nothing
/// is lost between the two, and after a crash there may be both. What comes back because its
/// consumer vanished is counted in the same way before it is handed out again. Dead letters are
/// messages of a queue beside it, moved there alike.
///
/// A broker of several nodes keeps a classic queue on one of them: while that node is down, the
/// queue is unavailable.
public final class RabbitMQEventBus: EventBus {
    let platform: Platform
    let topology: Topology
    let publisher: Publisher

    /// Begins to connect, and returns without waiting for it.
    ///
    /// - Parameters:
    ///   - queues: those that exist from the start; others do once somebody consumed from them.
    ///   - report: is told, on threads of the bus, what happens to its connections.
    public init(
        _ configuration: RabbitMQConfiguration, platform: Platform, queues: [QueueName],
        report: @escaping @Sendable (RabbitMQConnectionEvent) -> Void
    ) throws(ConfigurationError) {
        try configuration.check()
        self.platform = platform
        topology = Topology(
            configuration: configuration, clock: platform.clock, report: report)
        publisher = Publisher(topology, queues: queues, platform: platform)
        publisher.start()
    }

    deinit { publisher.close() }

    /// Publishes nothing more, and returns when the thread that published has ended; consumers
    /// and listeners end with their tasks.
    public func shutDown() async {
        publisher.close()
        await publisher.waitForEnd()
    }

    /// - Throws: ``BusError/full`` also in the rare case that the queue failed inside the broker,
    ///   which says no more than that it did not take the event.
    public func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
        try BusLimits.check(event, to: queue)
        try await publisher.publish(
            AMQPMessage(event), to: .queue(topology.names.queue(queue)), isMandatory: true,
            isCancellable: true)
    }

    /// Returns when the broker has spread the signal.
    public func signal(_ signal: BusSignal) async throws(BusError) {
        try BusLimits.check(signal)
        let route = AMQPRoute(exchange: topology.names.signals, key: signal.topic.text)
        do throws(BusError) {
            try await publisher.publish(
                AMQPMessage(signal), to: route, isMandatory: false, isCancellable: true)
        } catch {
            // A listener that has too many waiting does not hear this one; the others do.
            guard error == .full else { throw error }
        }
    }

    public func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError) {
        try BusLimits.check(topic)
        let consumer = Consumer(.signals(topic), topology)
        let isOpen = await consumer.open()
        var failure: BusError? = isOpen || Task.isCancelled ? nil : .unavailable
        do throws(BusError) {
            while isOpen, let delivery = try await consumer.next() {
                let text = String(decoding: delivery.message.body, as: UTF8.self)
                await handler(BusSignal(topic: topic, text: text))
            }
        } catch {
            failure = error
        }
        await consumer.close()
        if let failure { throw failure }
    }
}
