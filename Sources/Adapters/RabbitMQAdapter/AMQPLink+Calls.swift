import CRabbitMQ

extension AMQPLink {
    /// How a queue is to be had.
    enum Declaration {
        /// Durable and within bounds: more is refused.
        case durable(countMaximum: Int, byteCountMaximum: Int)
        /// As it is already.
        case existing
        /// For this connection alone, and gone with it.
        case exclusive(countMaximum: Int)
    }

    /// Makes a queue exist, with a name of the broker's choice when it has none; its name.
    ///
    /// - Throws: ``AMQPError/refused(code:text:)`` with ``AMQPError/preconditionFailed`` when it
    ///   exists and is another one.
    @discardableResult
    func declare(_ queue: String, _ declaration: Declaration) throws(AMQPError) -> String {
        defer { arena.recycle() }
        var (passive, durable, exclusive): (Int32, Int32, Int32) = (0, 0, 0)
        var bounds: [(String, AMQPArena.Value)] = []
        switch declaration {
        case .existing: passive = 1
        case .durable(let countMaximum, let byteCountMaximum):
            durable = 1
            bounds = [
                ("x-max-length", .number(countMaximum)),
                ("x-max-length-bytes", .number(byteCountMaximum)),
                ("x-overflow", .text("reject-publish")),
            ]
        case .exclusive(let countMaximum):
            exclusive = 1
            bounds = [
                ("x-max-length", .number(countMaximum)), ("x-overflow", .text("reject-publish")),
            ]
        }
        let declared = amqp_queue_declare(
            connection, Self.channel, arena.bytes(queue), passive, durable, exclusive, exclusive,
            arena.table(bounds))
        let name = declared?.pointee.queue.text ?? ""
        try rest(declared != nil, "queue")
        return name
    }

    /// Removes a queue with all that it holds, if it exists.
    func delete(_ queue: String) throws(AMQPError) {
        defer { arena.recycle() }
        let deleted = amqp_queue_delete(connection, Self.channel, arena.bytes(queue), 0, 0)
        try rest(deleted != nil, "delete")
    }

    /// Makes an exchange exist that routes by equal keys.
    func declareExchange(_ name: String) throws(AMQPError) {
        defer { arena.recycle() }
        let declared = amqp_exchange_declare(
            connection, Self.channel, arena.bytes(name), arena.bytes("direct"), 0, 1, 0, 0,
            amqp_table_t())
        try rest(declared != nil, "exchange")
    }

    func bind(_ queue: String, to exchange: String, key: String) throws(AMQPError) {
        defer { arena.recycle() }
        let bound = amqp_queue_bind(
            connection, Self.channel, arena.bytes(queue), arena.bytes(exchange), arena.bytes(key),
            amqp_table_t())
        try rest(bound != nil, "bind")
    }

    /// Lets the broker confirm what is published from now on.
    func selectConfirms() throws(AMQPError) {
        try rest(amqp_confirm_select(connection, Self.channel) != nil, "confirm")
    }

    /// Begins to consume; without a `prefetchMaximum` what is handed out is settled already.
    func consume(_ queue: String, prefetchMaximum: Int?) throws(AMQPError) {
        defer { arena.recycle() }
        if let prefetchMaximum {
            let set = amqp_basic_qos(
                connection, Self.channel, 0, UInt16(clamping: prefetchMaximum), 0)
            try rest(set != nil, "prefetch")
        }
        let begun = amqp_basic_consume(
            connection, Self.channel, arena.bytes(queue), amqp_bytes_t(), 0,
            prefetchMaximum == nil ? 1 : 0, 0, amqp_table_t())
        try rest(begun != nil, "consume")
    }

    /// Asks a queue for one message, which is the next input.
    func get(_ queue: String) throws(AMQPError) {
        defer { arena.recycle() }
        var get = amqp_basic_get_t(ticket: 0, queue: arena.bytes(queue), no_ack: 0)
        try require(
            amqp_send_method(connection, Self.channel, AMQP_BASIC_GET_METHOD, &get), "get")
    }

    /// Sends a message; what comes of it is a later input.
    ///
    /// - Parameter isMandatory: it comes back when no queue takes it.
    func publish(
        _ message: AMQPMessage, to route: AMQPRoute, isMandatory: Bool
    ) throws(AMQPError) {
        defer { arena.recycle() }
        var properties = message.properties(arena)
        var body = message.body
        let status = body.withUnsafeMutableBytes { bytes in
            amqp_basic_publish(
                connection, Self.channel, arena.bytes(route.exchange), arena.bytes(route.key),
                isMandatory ? 1 : 0, 0, &properties,
                amqp_bytes_t(len: bytes.count, bytes: bytes.baseAddress))
        }
        try require(status, "publish")
    }

    /// Tells the broker to forget a message that was handed out, or to put it back.
    func settle(_ tag: UInt64, isTaken: Bool) throws(AMQPError) {
        let status =
            isTaken
            ? amqp_basic_ack(connection, Self.channel, tag, 0)
            : amqp_basic_nack(connection, Self.channel, tag, 0, 1)
        try require(status, "settle")
    }
}

/// Where a message goes.
struct AMQPRoute: Hashable, Sendable {
    let exchange: String
    let key: String

    /// To a queue, by the exchange without a name.
    static func queue(_ name: String) -> Self { Self(exchange: "", key: name) }
}
