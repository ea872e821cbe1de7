import Platform
import Ports

/// A simulated broker as one node uses it.
struct SimulatedBrokerClient: EventBus {
    let broker: SimulatedBroker
    let node: SimulatedNode

    func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
        try BusLimits.check(event, to: queue)
        do {
            try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                broker.send(event, to: queue, from: node, wake)
            }
        } catch let error as BusError {
            throw error
        } catch {
            // Cancelled: the event may be on its way.
            throw .unconfirmed
        }
    }

    func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError) {
        try BusLimits.check(queue, prefetchMaximum: prefetchMaximum)
        let channel = SimulatedChannel<SimulatedBroker.Arrival>(
            broker.makeNumber(), node, countMaximum: prefetchMaximum)
        defer { hangUp(channel) }
        do {
            try await broker.open(channel) { [broker] in
                broker.declare(queue)
                broker.consumers[channel.number] = SimulatedBroker.Consumer(
                    channel: channel, queue: queue, prefetchMaximum: prefetchMaximum)
                broker.dispatch(queue)
            }
            try await handle(channel, handler)
        } catch let error as BusError {
            throw error
        } catch is CancellationError {
            return
        } catch {
            throw .broken
        }
    }

    func signal(_ signal: BusSignal) async throws(BusError) {
        try BusLimits.check(signal)
        do {
            try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                broker.send(signal, from: node, wake)
            }
        } catch let error as BusError {
            throw error
        } catch {
            throw .unconfirmed
        }
    }

    func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError) {
        try BusLimits.check(topic)
        let channel = SimulatedChannel<BusSignal>(
            broker.makeNumber(), node, countMaximum: BusLimits.signalCountMaximum)
        defer { hangUp(channel) }
        do {
            try await broker.open(channel) { [broker] in
                broker.listeners[channel.number] = SimulatedBroker.Listener(
                    channel: channel, topic: topic)
            }
            while true { await handler(try await channel.next()) }
        } catch let error as BusError {
            throw error
        } catch is CancellationError {
            return
        } catch {
            throw .broken
        }
    }

    /// Handles what arrives until the channel breaks or the task is cancelled, which it throws
    /// when all handlers have ended. The broker sends no more than the client may have in hand.
    private func handle(
        _ channel: SimulatedChannel<SimulatedBroker.Arrival>,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while true {
                let arrival = try await channel.next()
                group.addTask { await handle(arrival, on: channel, handler) }
            }
        }
    }

    private func handle(
        _ arrival: SimulatedBroker.Arrival, on channel: SimulatedChannel<SimulatedBroker.Arrival>,
        _ handler: @Sendable (BusDelivery) async -> BusVerdict
    ) async {
        let verdict = await handler(arrival.delivery)
        if verdict == .again {
            await rest(for: BusLimits.pause(afterDelivery: arrival.delivery.deliveryCount))
        }
        let latency = broker.draws(for: node).duration(in: broker.weather.latency)
        channel.toBroker(after: latency) { [broker] in
            broker.settle(arrival.number, verdict, by: channel.number)
        }
    }

    /// Lets time go by, unless the consumer is cancelled, who gives the event back at once.
    private func rest(for pause: Duration) async {
        do { try await node.platform.clock.sleep(for: pause) } catch { return }
    }

    private func hangUp<Item>(_ channel: SimulatedChannel<Item>) {
        let latency = broker.draws(for: node).duration(in: broker.weather.latency)
        channel.toBroker(after: latency) { [broker] in broker.close(channel.number) }
    }
}
