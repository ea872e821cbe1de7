import ClusterSimulator
import MemoryAdapters
import Platform
import Ports

/// Sees what is given to the bus and taken from it, outside of all that may be wrong with it, and
/// knows what is nowhere any more.
final class QueueWatch: @unchecked Sendable {
    private var confirmed: Set<String> = []
    private var taken: Set<String> = []

    /// Events whose publishers were told that they are safe.
    var count: Int { confirmed.count }

    /// A bus that tells what becomes of its events.
    func watched(_ bus: any EventBus) -> any EventBus { WatchedBus(bus: bus, watch: self) }

    /// The ids of events that were confirmed, and neither taken nor kept by the broker; none as
    /// long as events wait in its queues.
    func lost(by broker: SimulatedBroker) -> [String] {
        guard broker.counts.queued + broker.counts.inFlight == 0 else { return [] }
        let dead = broker.deadLetters(of: .notifications).map(\.event.id)
        return confirmed.subtracting(taken).subtracting(dead).sorted()
    }

    private struct WatchedBus: EventBus {
        let bus: any EventBus
        let watch: QueueWatch

        func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
            try await bus.publish(event, to: queue)
            watch.confirmed.insert(event.id)
        }

        func consume(
            _ queue: QueueName, prefetchMaximum: Int,
            _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
        ) async throws(BusError) {
            try await bus.consume(queue, prefetchMaximum: prefetchMaximum) { [watch] delivery in
                let verdict = await handler(delivery)
                if verdict == .taken { watch.taken.insert(delivery.event.id) }
                return verdict
            }
        }

        func signal(_ signal: BusSignal) async throws(BusError) { try await bus.signal(signal) }

        func listen(
            to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
        ) async throws(BusError) {
            try await bus.listen(to: topic, handler)
        }
    }
}
