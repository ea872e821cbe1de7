import ClusterSimulator
import Platform
import Ports
import Synchronization

/// Publishers that do not give up and consumers that come back, with a record of what they saw.
final class BusWorkload: Sendable {
    private struct Record {
        var deliveries: [BusDelivery] = []
        var published: [String] = []
        var errors: [BusError] = []
    }

    static let queue: QueueName = "queue"
    private let record = Mutex(Record())

    /// What was delivered, in the order in which it came.
    var deliveries: [BusDelivery] { record.withLock { $0.deliveries } }
    /// The ids of the delivered events.
    var ids: [String] { deliveries.map(\.event.id) }
    /// The ids that publishers know to be published.
    var published: [String] { record.withLock { $0.published } }
    /// What publishers and consumers were told instead.
    var errors: [BusError] { record.withLock { $0.errors } }

    /// Publishes once, and notes what it was told.
    func publish(_ id: String, _ bus: any EventBus) async {
        do throws(BusError) {
            try await bus.publish(
                BusEvent(id: id, sender: "tests", payload: Array(id.utf8)), to: Self.queue)
            record.withLock { $0.published.append(id) }
        } catch {
            record.withLock { $0.errors.append(error) }
        }
    }

    /// Publishes until it is told that the event is published.
    func publishUntilDone(_ ids: [String], _ bus: any EventBus, _ platform: Platform) async {
        for id in ids {
            while !published.contains(id), !Task.isCancelled {
                await publish(id, bus)
                if !(await slept(.milliseconds(50), platform)) { return }
            }
        }
    }

    /// Consumes until it is cancelled, however often the channel breaks.
    func consume(
        _ bus: any EventBus, _ platform: Platform, prefetchMaximum: Int = 4,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict = { _ in .taken }
    ) async {
        while !Task.isCancelled {
            do throws(BusError) {
                try await bus.consume(Self.queue, prefetchMaximum: prefetchMaximum) { delivery in
                    self.record.withLock { $0.deliveries.append(delivery) }
                    return await handler(delivery)
                }
            } catch {
                record.withLock { $0.errors.append(error) }
                if !(await slept(.milliseconds(100), platform)) { return }
            }
        }
    }

    /// Whether it slept without being cancelled.
    private func slept(_ duration: Duration, _ platform: Platform) async -> Bool {
        do {
            try await platform.clock.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}

extension Simulation {
    /// Lets time go by on the world's lane.
    func pass(_ duration: Duration) async {
        do {
            try await world.platform.clock.sleep(for: duration)
        } catch {
            fail("a test", "its main was cancelled")
        }
    }
}
