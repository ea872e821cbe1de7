import Ports

/// What travels to and from a broker: an event or a signal, and what the adapter notes on it.
struct AMQPMessage: Hashable, Sendable {
    /// Bytes that are kept of the reason why an event is a dead letter.
    static let reasonByteCountMaximum = 1024

    var id = ""
    var sender = ""
    /// Whether it outlives a restart of the broker.
    var isPersistent = true
    /// How often it was handed out before, as far as that was noted; nil for one that is fresh.
    var deliveryCount: Int?
    /// Why it is a dead letter.
    var reason: String?
    /// The number under which it was sent; it comes back when no queue took it.
    var number: UInt64 = 0
    var body: [UInt8] = []
}

extension AMQPMessage {
    init(_ event: BusEvent) {
        (id, sender, body) = (event.id, event.sender, event.payload)
    }

    init(_ signal: BusSignal) {
        isPersistent = false
        body = Array(signal.text.utf8)
    }

    var event: BusEvent { BusEvent(id: id, sender: sender, payload: body) }

    /// The message as it goes back into its queue after so many deliveries.
    func handedOut(_ count: Int) -> Self {
        var copy = self
        copy.deliveryCount = count
        copy.reason = nil
        return copy
    }

    /// The message as a dead letter.
    func buried(_ reason: String, after count: Int) -> Self {
        var copy = handedOut(count)
        copy.reason = String(
            decoding: reason.utf8.prefix(Self.reasonByteCountMaximum), as: UTF8.self)
        return copy
    }
}

/// A message in the hands of a consumer.
struct AMQPDelivery: Hashable, Sendable {
    let tag: UInt64
    /// The broker has handed it out before, or cannot tell.
    let isRedelivered: Bool
    let message: AMQPMessage
}
