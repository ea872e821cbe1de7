import BSON
import Cluster
import Platform
import Ports

/// How what waits in the outbox for one consumer is delivered.
public struct OutboxRoute: Sendable {
    /// The consumer.
    public let consumer: OutboxConsumer
    let deliver: @Sendable (_ payload: [UInt8], _ id: String) async throws(DeliveryError) -> Void

    /// How long one delivery may take.
    static let timeout = Duration.seconds(10)

    /// Hands payloads of a type to `deliver`; the id is the same at every attempt and names the
    /// delivery.
    public init<Payload: Decodable & Sendable>(
        to consumer: OutboxConsumer, _ type: Payload.Type,
        deliver: @escaping @Sendable (Payload, _ id: String) async throws(DeliveryError) -> Void
    ) {
        self.consumer = consumer
        self.deliver = { bytes, id throws(DeliveryError) in
            let payload: Payload
            do {
                payload = try BSONDecoder().decode(Payload.self, from: bytes)
            } catch {
                throw .never("unreadable")
            }
            try await deliver(payload, id)
        }
    }

    /// Sends payloads to another service as messages of `sender`.
    ///
    /// The row's id is the request id, so that the receiver's ``Effects`` give a row that is
    /// delivered twice its effect once.
    public static func calling<M: Message>(
        _ consumer: OutboxConsumer, with type: M.Type, as sender: ServiceName,
        client: ClusterClient
    ) -> OutboxRoute {
        OutboxRoute(to: consumer, M.self) { message, id throws(DeliveryError) in
            let context = client.context(
                Principal(.service(sender)), requestID: RequestID(id), timeout: timeout)
            do throws(CallFailure<M.Code>) {
                _ = try await client.call(message, context)
            } catch {
                guard let reason = error.finality else { throw .later }
                throw .never(reason)
            }
        }
    }

    /// Puts payloads in a queue as events of `sender`.
    public static func publishing(
        _ consumer: OutboxConsumer, to queue: QueueName, as sender: ServiceName,
        bus: any EventBus
    ) -> OutboxRoute {
        OutboxRoute(consumer) { payload, id throws(DeliveryError) in
            let event = BusEvent(id: id, sender: sender.text, payload: payload)
            // What is not confirmed is published again: consumers take it as one.
            do throws(BusError) { try await bus.publish(event, to: queue) } catch { throw .later }
        }
    }

    private init(
        _ consumer: OutboxConsumer,
        deliver: @escaping @Sendable ([UInt8], String) async throws(DeliveryError) -> Void
    ) {
        self.consumer = consumer
        self.deliver = deliver
    }
}

/// Why something was not delivered.
public enum DeliveryError: Error, Hashable, Sendable {
    /// Not now: try again.
    case later
    /// Not ever; the text says why.
    case never(String)
}

extension CallFailure {
    /// Why asking again would change nothing; nil when it may.
    var finality: String? {
        switch self {
        case .refused(let refusal): refusal.rawCode
        case .unknown(.malformed), .unknown(.requestIDReused), .unknown(.unknownMessage):
            "\(clusterError)"
        case .unknown: nil
        }
    }
}
