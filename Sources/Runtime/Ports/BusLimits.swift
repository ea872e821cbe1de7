import Platform

/// Bounds that every bus keeps.
public enum BusLimits {
    /// Bytes in the name of a queue or a topic, 1 or more.
    public static let nameByteCountMaximum = 200
    /// Bytes in an event's id or the name of its sender.
    public static let idByteCountMaximum = 255
    /// Bytes in an event's payload.
    public static let payloadByteCountMaximum = 1 << 20
    /// Bytes in a signal's text.
    public static let signalByteCountMaximum = 4096
    /// Signals that wait for one listener.
    public static let signalCountMaximum = 256
    /// Events that one consumer has in its hands at once.
    public static let prefetchCountMaximum = 1000
    /// Events of one queue, its dead letters included.
    public static let queueCountMaximum = 100_000
    /// Bytes of one queue's payloads, its dead letters included.
    public static let queueByteCountMaximum = 64 << 20
    /// Deliveries after which an event that was not settled is a dead letter: far more than hours
    /// of trouble with channels and stores take, which say nothing about the event.
    public static let deliveryCountMaximum = 1000
    /// The longest pause before an event comes again.
    public static let pauseMaximum = Duration.seconds(10)

    /// How long an event rests when a delivery ended with ``BusVerdict/again``: 100 ms after the
    /// first, then twice as long each time, up to ``pauseMaximum``.
    public static func pause(afterDelivery count: Int) -> Duration {
        min(.milliseconds(100) * (1 << min(max(0, count - 1), 10)), pauseMaximum)
    }

    /// Throws the bound that publishing this event breaks.
    public static func check(_ event: BusEvent, to queue: QueueName) throws(BusError) {
        try check(name: queue.text)
        guard (1...idByteCountMaximum).contains(event.id.utf8.count),
            event.sender.utf8.count <= idByteCountMaximum
        else { throw .limit("an event's id and sender have at most \(idByteCountMaximum) bytes") }
        guard event.payload.count <= payloadByteCountMaximum else {
            throw .limit("an event's payload has at most \(payloadByteCountMaximum) bytes")
        }
    }

    /// Throws the bound that this signal breaks.
    public static func check(_ signal: BusSignal) throws(BusError) {
        try check(name: signal.topic.text)
        guard signal.text.utf8.count <= signalByteCountMaximum else {
            throw .limit("a signal has at most \(signalByteCountMaximum) bytes")
        }
    }

    /// Throws the bound that consuming so breaks.
    public static func check(_ queue: QueueName, prefetchMaximum: Int) throws(BusError) {
        try check(name: queue.text)
        guard (1...prefetchCountMaximum).contains(prefetchMaximum) else {
            throw .limit("a consumer has 1 to \(prefetchCountMaximum) events in its hands")
        }
    }

    /// Throws the bound that listening to this topic breaks.
    public static func check(_ topic: TopicName) throws(BusError) { try check(name: topic.text) }

    private static func check(name: String) throws(BusError) {
        guard (1...nameByteCountMaximum).contains(name.utf8.count), !name.utf8.contains(0) else {
            throw .limit("a name has 1 to \(nameByteCountMaximum) bytes and no NUL")
        }
    }
}
