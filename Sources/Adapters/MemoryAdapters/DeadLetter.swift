import Ports

/// An event that nobody will take, kept to be looked at and replayed.
public struct DeadLetter: Hashable, Sendable {
    /// The event.
    public let event: BusEvent
    /// Why it is here: what the consumer said, or that it was delivered too often.
    public let reason: String
    /// How often it was handed out.
    public let deliveryCount: Int
}
