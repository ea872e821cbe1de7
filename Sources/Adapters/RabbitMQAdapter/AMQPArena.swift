import CRabbitMQ

/// Memory for what is handed to the driver, forgotten all at once.
final class AMQPArena {
    enum Value {
        case flag(Bool)
        case number(Int)
        case text(String)
        case table(amqp_table_t)
    }

    private let pool: UnsafeMutablePointer<amqp_pool_t>

    init() {
        pool = .allocate(capacity: 1)
        init_amqp_pool(pool, 4096)
    }

    deinit {
        empty_amqp_pool(pool)
        pool.deallocate()
    }

    /// Forgets what was made so far.
    func recycle() { recycle_amqp_pool(pool) }

    func bytes(_ text: String) -> amqp_bytes_t {
        var copy = amqp_bytes_t()
        let utf8 = Array(text.utf8)
        guard !utf8.isEmpty else { return copy }
        amqp_pool_alloc_bytes(pool, utf8.count, &copy)
        precondition(copy.bytes != nil, "there is memory for a name")
        copy.bytes.copyMemory(from: utf8, byteCount: utf8.count)
        return copy
    }

    func table(_ values: [(name: String, value: Value)]) -> amqp_table_t {
        let size = max(1, values.count) * MemoryLayout<amqp_table_entry_t>.stride
        guard let place = amqp_pool_alloc(pool, size) else {
            preconditionFailure("there is memory for a table")
        }
        let entries = place.bindMemory(to: amqp_table_entry_t.self, capacity: values.count)
        for (index, (name, value)) in values.enumerated() {
            (entries + index).initialize(
                to: amqp_table_entry_t(key: bytes(name), value: field(value)))
        }
        return amqp_table_t(num_entries: Int32(values.count), entries: entries)
    }

    private func field(_ value: Value) -> amqp_field_value_t {
        var field = amqp_field_value_t()
        switch value {
        case .flag(let flag):
            field.kind = UInt8(AMQP_FIELD_KIND_BOOLEAN.rawValue)
            field.value.boolean = flag ? 1 : 0
        case .number(let number):
            field.kind = UInt8(AMQP_FIELD_KIND_I64.rawValue)
            field.value.i64 = Int64(number)
        case .text(let text):
            field.kind = UInt8(AMQP_FIELD_KIND_UTF8.rawValue)
            field.value.bytes = bytes(text)
        case .table(let table):
            field.kind = UInt8(AMQP_FIELD_KIND_TABLE.rawValue)
            field.value.table = table
        }
        return field
    }
}

extension amqp_bytes_t {
    /// A copy of the bytes.
    var array: [UInt8] { Array(UnsafeRawBufferPointer(start: bytes, count: len)) }

    /// The bytes as a text.
    var text: String { String(decoding: array, as: UTF8.self) }
}
