import CRabbitMQ

/// What a broker says on its own, or in answer to what is not waited for.
enum AMQPInput: Hashable {
    case delivered(AMQPDelivery)
    /// A queue that was asked for one message has none.
    case nothing
    /// No queue took the publication of this number.
    case returned(UInt64)
    case confirmed(tag: UInt64, isMultiple: Bool)
    case rejected(tag: UInt64, isMultiple: Bool)
    /// The broker takes no publications, or takes them again.
    case blocked(Bool)
    /// The consumer has ended: its queue is gone.
    case cancelled
}

/// Puts messages together from the frames in which they come.
struct AMQPInputReader {
    private enum Expected {
        case method
        case header(Kind)
        case body(Kind, AMQPMessage, byteCount: Int)
    }

    private enum Kind {
        case delivery(tag: UInt64, isRedelivered: Bool)
        case returned
    }

    private var expected = Expected.method

    /// Reads the next frame; nil when there is nothing to be told yet.
    mutating func read(_ frame: amqp_frame_t) throws(AMQPError) -> AMQPInput? {
        switch (Int32(frame.frame_type), expected) {
        case (AMQP_FRAME_METHOD, .method): return try read(frame.payload.method)
        case (AMQP_FRAME_METHOD, _) where frame.channel == 0:
            // What concerns the whole connection comes between the parts of a message.
            return try read(frame.payload.method)
        case (AMQP_FRAME_HEADER, .header(let kind)):
            let header = frame.payload.properties
            let properties = header.decoded.assumingMemoryBound(to: amqp_basic_properties_t.self)
            let message = AMQPMessage(properties.pointee)
            return complete(kind, message, byteCount: Int(header.body_size))
        case (AMQP_FRAME_BODY, .body(let kind, var message, let byteCount)):
            expected = .method
            message.body += frame.payload.body_fragment.array
            return complete(kind, message, byteCount: byteCount)
        default: throw .broken("read: a frame out of order")
        }
    }

    private mutating func complete(
        _ kind: Kind, _ message: AMQPMessage, byteCount: Int
    ) -> AMQPInput? {
        guard message.body.count >= byteCount else {
            expected = .body(kind, message, byteCount: byteCount)
            return nil
        }
        expected = .method
        switch kind {
        case .returned: return .returned(message.number)
        case .delivery(let tag, let isRedelivered):
            return .delivered(
                AMQPDelivery(tag: tag, isRedelivered: isRedelivered, message: message))
        }
    }

    private mutating func read(_ method: amqp_method_t) throws(AMQPError) -> AMQPInput? {
        func decoded<Value>(_ type: Value.Type) -> Value {
            method.decoded.assumingMemoryBound(to: type).pointee
        }
        switch method.id {
        case AMQP_BASIC_DELIVER_METHOD:
            let deliver = decoded(amqp_basic_deliver_t.self)
            return expect(deliver.delivery_tag, deliver.redelivered)
        case AMQP_BASIC_GET_OK_METHOD:
            let found = decoded(amqp_basic_get_ok_t.self)
            return expect(found.delivery_tag, found.redelivered)
        case AMQP_BASIC_GET_EMPTY_METHOD: return .nothing
        case AMQP_BASIC_RETURN_METHOD:
            expected = .header(.returned)
            return nil
        case AMQP_BASIC_ACK_METHOD:
            let ack = decoded(amqp_basic_ack_t.self)
            return .confirmed(tag: ack.delivery_tag, isMultiple: ack.multiple != 0)
        case AMQP_BASIC_NACK_METHOD:
            let nack = decoded(amqp_basic_nack_t.self)
            return .rejected(tag: nack.delivery_tag, isMultiple: nack.multiple != 0)
        case AMQP_BASIC_CANCEL_METHOD: return .cancelled
        case AMQP_CONNECTION_BLOCKED_METHOD: return .blocked(true)
        case AMQP_CONNECTION_UNBLOCKED_METHOD: return .blocked(false)
        default: throw AMQPError("closed", method)
        }
    }

    private mutating func expect(_ tag: UInt64, _ redelivered: amqp_boolean_t) -> AMQPInput? {
        expected = .header(.delivery(tag: tag, isRedelivered: redelivered != 0))
        return nil
    }
}
