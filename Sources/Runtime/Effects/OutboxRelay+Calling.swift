import Cluster
import Ports

extension OutboxRelay where Payload: Message {
    /// How long one delivery may take.
    static var callTimeout: Duration { .seconds(10) }

    /// A relay that sends its payloads to another service as `sender`.
    ///
    /// The row's id is the request id, so that the receiver's ``Effects`` give a row that is
    /// delivered twice its effect once.
    public static func calling(
        _ consumer: OutboxConsumer, as sender: ServiceName, store: any DocumentStore,
        client: ClusterClient
    ) -> OutboxRelay {
        OutboxRelay(consumer, store: store, platform: client.platform) {
            payload, id throws(DeliveryError) in
            let context = client.context(
                Principal(.service(sender)), requestID: RequestID(id), timeout: callTimeout)
            do throws(CallFailure<Payload.Code>) {
                _ = try await client.call(payload, context)
            } catch {
                switch error {
                case .refused(let refusal): throw .never(refusal.rawCode)
                case .unknown(.malformed), .unknown(.requestIDReused), .unknown(.unknownMessage):
                    throw .never("\(error.clusterError)")
                case .unknown: throw .later
                }
            }
        }
    }
}
