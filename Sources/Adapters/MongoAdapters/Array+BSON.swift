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

/// A `bson_t` on the heap for libmongoc to fill; Swift sees none, because it is over-aligned.
struct ReplyStorage: ~Copyable {
    /// `sizeof (bson_t)`, which is part of libbson's binary interface.
    private static let byteCount = 128

    private let memory: UnsafeMutableRawPointer

    init() {
        memory = .allocate(byteCount: Self.byteCount, alignment: Self.byteCount)
        bson_init(OpaquePointer(memory))
    }

    deinit {
        bson_destroy(pointer)
        memory.deallocate()
    }

    var pointer: OpaquePointer { OpaquePointer(memory) }
}
