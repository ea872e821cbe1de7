import CMongo

extension [UInt8] {
    /// Hands these bytes of a document to `body` as a `bson_t`, without a copy.
    func withBSON<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withUnsafeBufferPointer { buffer in
            let reader = bson_reader_new_from_data(buffer.baseAddress, buffer.count)
            defer { bson_reader_destroy(reader) }
            guard let document = bson_reader_read(reader, nil) else {
                preconditionFailure("a document that was written here is one")
            }
            return try body(document)
        }
    }
}
