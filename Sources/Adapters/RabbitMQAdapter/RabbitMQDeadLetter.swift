import Ports

/// An event that nobody will take, kept to be looked at and replayed.
public struct RabbitMQDeadLetter: Hashable, Sendable {
    /// The event.
    public let event: BusEvent
    /// Why it is here: the beginning of what the consumer said, or that it was delivered too
    /// often.
    public let reason: String
    /// How often it was handed out.
    public let deliveryCount: Int

    init(_ message: AMQPMessage) {
        event = message.event
        reason = message.reason ?? ""
        deliveryCount = message.deliveryCount ?? 0
    }
}
