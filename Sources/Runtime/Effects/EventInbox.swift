import BSON
import Cluster
import Platform
import Ports

/// Takes the events of one queue, each as a message to its service, until it is cancelled.
///
/// The event's id is the request id, so that the service's ``Effects`` give an event that comes
/// twice its effect once; the broker is told that it was taken after the commit.
public struct EventInbox<M: Message>: Sendable {
    private let queue: QueueName
    private let bus: any EventBus
    private let client: ClusterClient

    /// Events taken at once.
    static var prefetchCount: Int { 8 }
    /// How long one event may take.
    static var timeout: Duration { .seconds(10) }
    /// Deliveries after which an event that the service fails on, by a defect, is a dead letter.
    static var defectCountMaximum: Int { 20 }
    /// How long it rests, at most, after the broker broke.
    static var restMaximum: Duration { .seconds(2) }

    /// An inbox for the events of `queue`.
    public init(_ type: M.Type, from queue: QueueName, bus: any EventBus, client: ClusterClient) {
        self.queue = queue
        self.bus = bus
        self.client = client
    }

    /// Takes events until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            do throws(BusError) {
                try await bus.consume(queue, prefetchMaximum: Self.prefetchCount) { delivery in
                    await take(delivery)
                }
            } catch {
                let platform = client.platform
                let rest = platform.random.duration(below: Self.restMaximum, for: "inbox rest")
                do { try await platform.clock.sleep(for: rest) } catch { return }
            }
        }
    }

    private func take(_ delivery: BusDelivery) async -> BusVerdict {
        let event = delivery.event
        let message: M
        do {
            message = try BSONDecoder().decode(M.self, from: event.payload)
        } catch {
            return .never("unreadable")
        }
        let context = client.context(
            Principal(.service(ServiceName(event.sender))), requestID: RequestID(event.id),
            timeout: Self.timeout)
        do throws(CallFailure<M.Code>) {
            _ = try await client.call(message, context)
            return .taken
        } catch {
            if let reason = error.finality { return .never(reason) }
            let isDefect = error.clusterError == .failed
            return isDefect && delivery.deliveryCount >= Self.defectCountMaximum
                ? .never("failed") : .again
        }
    }
}
