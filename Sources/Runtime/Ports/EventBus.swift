/// Carries events from a service's outbox to the queues of others, and short signals to every
/// process.
///
/// An event arrives at least once: a publisher that is not sure publishes it again under the same
/// id, a queue hands out again what nobody settled, and neither keeps an order. Consumers take a
/// repeated event as one. Queues are durable and bounded by ``BusLimits``; a queue exists once
/// somebody consumed from it or it was declared.
public protocol EventBus: Sendable {
    /// Returns when the broker has confirmed that the event is in its queue durably; a bus
    /// within one process, which keeps nothing, returns when a consumer has settled it.
    ///
    /// - Throws: ``BusError``, whose cases say whether the event may be in the queue; a cancelled
    ///   publisher does not know more than ``BusError/unconfirmed``.
    func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError)

    /// Hands the queue's events to `handler`, at most `prefetchMaximum` at once, until the task
    /// is cancelled or the channel breaks.
    ///
    /// The handlers run as child tasks, and it returns only when they have ended; what they say
    /// counts even after a cancellation, while what was not begun goes back to the queue.
    ///
    /// - Parameter prefetchMaximum: 1 to ``BusLimits/prefetchCountMaximum``.
    /// - Throws: ``BusError/unavailable`` and ``BusError/broken``: call it again after a pause.
    ///   It returns without an error only when it was cancelled.
    func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError)

    /// Tells every process that listens now; it may be lost, come twice or come late: a hint that
    /// something is worth a look, not an event.
    func signal(_ signal: BusSignal) async throws(BusError)

    /// Hears the signals of a topic on an exclusive queue of this process, in the order in which
    /// they come and one at a time, until the task is cancelled or the channel breaks.
    ///
    /// Signals sent before it listens are not heard, nor are those that find
    /// ``BusLimits/signalCountMaximum`` waiting.
    ///
    /// - Throws: as ``consume(_:prefetchMaximum:_:)`` does.
    func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError)
}

/// Something that happened in a service, told to another.
public struct BusEvent: Codable, Hashable, Sendable {
    /// The event's own id, the same at each attempt to publish it.
    public let id: String
    /// The service that tells it.
    public let sender: String
    /// What happened, as the two services have agreed to write it.
    public let payload: [UInt8]

    /// Describes an event.
    public init(id: String, sender: String, payload: [UInt8]) {
        self.id = id
        self.sender = sender
        self.payload = payload
    }
}

/// An event in the hands of a consumer.
public struct BusDelivery: Hashable, Sendable {
    /// The event.
    public let event: BusEvent
    /// Whether it may have been in a consumer's hands before; false means surely not.
    public let isRedelivered: Bool
    /// How often it was handed out, this time included, as far as the bus knows: 1 or more.
    public let deliveryCount: Int

    /// Describes a delivery.
    public init(event: BusEvent, isRedelivered: Bool, deliveryCount: Int) {
        self.event = event
        self.isRedelivered = isRedelivered
        self.deliveryCount = deliveryCount
    }
}

/// What a consumer makes of an event.
public enum BusVerdict: Hashable, Sendable {
    /// It has had its effect, durably: the queue forgets it.
    case taken
    /// Not now: it comes again after ``BusLimits/pause(afterDelivery:)``, to whichever consumer.
    case again
    /// Not ever: it becomes a dead letter; the text says why.
    case never(String)
}

/// A short hint to every process that listens to its topic.
public struct BusSignal: Codable, Hashable, Sendable {
    /// What it is about.
    public let topic: TopicName
    /// The hint, at most ``BusLimits/signalByteCountMaximum`` bytes.
    public let text: String

    /// Describes a signal.
    public init(topic: TopicName, text: String) {
        self.topic = topic
        self.text = text
    }
}

/// Why a bus did not do what was asked.
public enum BusError: Error, Hashable, Sendable {
    /// The bus cannot be reached or nobody takes the event now; nothing was published.
    case unavailable
    /// The event may or may not be in the queue: publish it again under the same id.
    case unconfirmed
    /// There is no such queue; nothing was published.
    case unroutable
    /// The channel broke; what was not settled comes again.
    case broken
    /// The queue has reached a bound; nothing was published.
    case full
    /// What was asked breaks a bound of ``BusLimits``; the text names it.
    case limit(String)
}
