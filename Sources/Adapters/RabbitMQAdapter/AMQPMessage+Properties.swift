import CRabbitMQ

extension AMQPMessage {
    private static let countName = "deliveries"
    private static let reasonName = "reason"

    /// Reads what a broker says about a message, whose body follows.
    init(_ properties: amqp_basic_properties_t) {
        func has(_ flag: Int32) -> Bool { properties._flags & amqp_flags_t(flag) != 0 }
        if has(AMQP_BASIC_MESSAGE_ID_FLAG) { id = properties.message_id.text }
        if has(AMQP_BASIC_APP_ID_FLAG) { sender = properties.app_id.text }
        if has(AMQP_BASIC_CORRELATION_ID_FLAG) {
            number = UInt64(properties.correlation_id.text) ?? 0
        }
        isPersistent = has(AMQP_BASIC_DELIVERY_MODE_FLAG) && properties.delivery_mode == 2
        guard has(AMQP_BASIC_HEADERS_FLAG) else { return }
        for index in 0..<Int(properties.headers.num_entries) {
            let entry = properties.headers.entries[index]
            switch (entry.key.text, amqp_field_value_kind_t(UInt32(entry.value.kind))) {
            case (Self.countName, AMQP_FIELD_KIND_I64):
                deliveryCount = Int(max(0, entry.value.value.i64))
            case (Self.reasonName, AMQP_FIELD_KIND_UTF8): reason = entry.value.value.bytes.text
            default: continue
            }
        }
    }

    /// What the broker is told about the message.
    func properties(_ arena: AMQPArena) -> amqp_basic_properties_t {
        var properties = amqp_basic_properties_t()
        var flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CORRELATION_ID_FLAG
        properties.delivery_mode = isPersistent ? 2 : 1
        properties.correlation_id = arena.bytes("\(number)")
        if !id.isEmpty {
            flags |= AMQP_BASIC_MESSAGE_ID_FLAG
            properties.message_id = arena.bytes(id)
        }
        if !sender.isEmpty {
            flags |= AMQP_BASIC_APP_ID_FLAG
            properties.app_id = arena.bytes(sender)
        }
        var headers: [(String, AMQPArena.Value)] = []
        if let deliveryCount { headers.append((Self.countName, .number(deliveryCount))) }
        if let reason { headers.append((Self.reasonName, .text(reason))) }
        if !headers.isEmpty {
            flags |= AMQP_BASIC_HEADERS_FLAG
            properties.headers = arena.table(headers)
        }
        properties._flags = amqp_flags_t(flags)
        return properties
    }
}
