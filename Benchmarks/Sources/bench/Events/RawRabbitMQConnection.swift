import CRabbitMQ

/// A connection with one channel, used by one thread at a time.
final class RawRabbitMQConnection: @unchecked Sendable {
    private static let channel: amqp_channel_t = 1

    private let connection: amqp_connection_state_t
    private let queue: String
    private var lastTag: UInt64 = 0
    private var unconfirmed: Set<UInt64> = []

    init(_ place: RabbitMQPlace, queue: String) throws {
        self.queue = queue
        guard let connection = amqp_new_connection(), let socket = amqp_tcp_socket_new(connection)
        else { throw PeerFailure("librabbitmq has no memory") }
        self.connection = connection
        try Self.require(amqp_socket_open(socket, place.host, Int32(place.port)), "connect")
        var properties = amqp_table_t()
        let reply = rabbitmq_login_plain(
            connection, "/", 0, &properties, place.user, place.password)
        guard reply.reply_type == AMQP_RESPONSE_NORMAL,
            amqp_channel_open(connection, Self.channel) != nil
        else { throw PeerFailure("librabbitmq: sign in") }
    }

    func selectConfirms() throws {
        guard amqp_confirm_select(connection, Self.channel) != nil else {
            throw PeerFailure("librabbitmq: confirm")
        }
    }

    func beginToConsume(prefetchMaximum: Int) throws {
        let isDone = queue.withCString { queue in
            amqp_basic_qos(connection, Self.channel, 0, UInt16(prefetchMaximum), 0) != nil
                && amqp_basic_consume(
                    connection, Self.channel, amqp_cstring_bytes(queue), amqp_bytes_t(), 0, 0, 0,
                    amqp_table_t()) != nil
        }
        guard isDone else { throw PeerFailure("librabbitmq: consume") }
    }

    /// Publishes so many, at most `width` of them unconfirmed; gives how many.
    func publish(_ count: Int, _ width: Int) throws -> Int {
        for number in 0..<count {
            while unconfirmed.count >= width { try readConfirm() }
            try publish(EventContents.id(number))
        }
        while !unconfirmed.isEmpty { try readConfirm() }
        return count
    }

    /// Takes and acknowledges so many; gives the bytes of their bodies.
    func consume(_ count: Int) throws -> Int {
        var sum = 0
        for _ in 0..<count {
            amqp_maybe_release_buffers(connection)
            var envelope = amqp_envelope_t()
            let reply = amqp_consume_message(connection, &envelope, nil, 0)
            guard reply.reply_type == AMQP_RESPONSE_NORMAL else {
                throw PeerFailure("librabbitmq: no message")
            }
            defer { amqp_destroy_envelope(&envelope) }
            let body = envelope.message.body
            sum += [UInt8](UnsafeRawBufferPointer(start: body.bytes, count: body.len)).count
            try Self.require(
                amqp_basic_ack(connection, Self.channel, envelope.delivery_tag, 0), "acknowledge")
        }
        return sum
    }

    private func publish(_ id: String) throws {
        lastTag += 1
        unconfirmed.insert(lastTag)
        var body = EventContents.payload
        let status = queue.withCString { queue in
            id.withCString { id in
                EventContents.sender.withCString { sender in
                    "\(lastTag)".withCString { number in
                        var properties = Self.properties(id, sender, number)
                        return body.withUnsafeMutableBytes { bytes in
                            amqp_basic_publish(
                                connection, Self.channel, amqp_bytes_t(),
                                amqp_cstring_bytes(queue), 1, 0, &properties,
                                amqp_bytes_t(len: bytes.count, bytes: bytes.baseAddress))
                        }
                    }
                }
            }
        }
        try Self.require(status, "publish")
    }

    /// The properties that an event of the bus has.
    private static func properties(
        _ id: UnsafePointer<CChar>, _ sender: UnsafePointer<CChar>,
        _ number: UnsafePointer<CChar>
    ) -> amqp_basic_properties_t {
        var properties = amqp_basic_properties_t()
        properties._flags = amqp_flags_t(
            AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CORRELATION_ID_FLAG
                | AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_APP_ID_FLAG)
        properties.delivery_mode = 2
        properties.message_id = amqp_cstring_bytes(id)
        properties.app_id = amqp_cstring_bytes(sender)
        properties.correlation_id = amqp_cstring_bytes(number)
        return properties
    }

    /// Waits for the broker's next word, which must confirm something.
    private func readConfirm() throws {
        amqp_maybe_release_buffers(connection)
        var frame = amqp_frame_t()
        try Self.require(amqp_simple_wait_frame(connection, &frame), "read")
        guard Int32(frame.frame_type) == AMQP_FRAME_METHOD,
            frame.payload.method.id == AMQP_BASIC_ACK_METHOD
        else { throw PeerFailure("librabbitmq: an event was not taken") }
        let ack = frame.payload.method.decoded.assumingMemoryBound(to: amqp_basic_ack_t.self)
        let tag = ack.pointee.delivery_tag
        if ack.pointee.multiple != 0 {
            unconfirmed = unconfirmed.filter { $0 > tag }
        } else {
            unconfirmed.remove(tag)
        }
    }

    private static func require(_ status: Int32, _ step: String) throws {
        guard status == AMQP_STATUS_OK.rawValue else {
            throw PeerFailure(
                "librabbitmq: \(step): \(String(cString: amqp_error_string2(status)))")
        }
    }
}
