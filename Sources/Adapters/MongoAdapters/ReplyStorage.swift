import CMongo

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
