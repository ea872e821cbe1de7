import Platform
import Ports

/// How much the broker keeps for one queue: events that wait and dead letters are counted apart,
/// those in the hands of consumers are not counted.
public struct QueueBounds: Hashable, Sendable {
    /// Events that wait.
    public var eventCountMaximum = BusLimits.queueCountMaximum / 10 * 8
    /// Bytes of their payloads.
    public var eventByteCountMaximum = BusLimits.queueByteCountMaximum / 4 * 3
    /// Dead letters.
    public var deadLetterCountMaximum = BusLimits.queueCountMaximum / 10 * 2
    /// Bytes of their payloads.
    public var deadLetterByteCountMaximum = BusLimits.queueByteCountMaximum / 4
    /// Deliveries after which an event that was not settled is a dead letter.
    public var deliveryCountMaximum = BusLimits.deliveryCountMaximum

    /// The bounds that every bus keeps.
    public init() {}

    func check() throws(ConfigurationError) {
        let counts = [
            ("events of a queue", eventCountMaximum, BusLimits.queueCountMaximum),
            ("bytes of a queue", eventByteCountMaximum, BusLimits.queueByteCountMaximum),
            ("dead letters of a queue", deadLetterCountMaximum, BusLimits.queueCountMaximum),
            (
                "bytes of a queue's dead letters", deadLetterByteCountMaximum,
                BusLimits.queueByteCountMaximum
            ),
            ("deliveries of an event", deliveryCountMaximum, BusLimits.deliveryCountMaximum),
        ]
        for (setting, count, maximum) in counts {
            try RabbitMQConfiguration.rules.require(
                (1...maximum).contains(count), setting, "1 to \(maximum)")
        }
    }
}
