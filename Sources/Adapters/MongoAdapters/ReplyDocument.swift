import CMongo

/// A document of the server, read where libmongoc holds it: valid only within the call that hands
/// it out.
struct ReplyDocument {
    private let bytes: UnsafeRawBufferPointer

    /// The document of a `bson_t`.
    init(_ document: OpaquePointer) throws(ReplyError) {
        guard let start = bson_get_data(document) else { throw ReplyError() }
        let length = UnsafeRawPointer(start).loadUnaligned(as: Int32.self)
        try self.init(UnsafeRawBufferPointer(start: start, count: Int(Int32(littleEndian: length))))
    }

    /// The document that the bytes begin with.
    init(_ bytes: UnsafeRawBufferPointer) throws(ReplyError) {
        guard bytes.count >= 5 else { throw ReplyError() }
        let length = Int(Int32(littleEndian: bytes.loadUnaligned(as: Int32.self)))
        guard (5...bytes.count).contains(length) else { throw ReplyError() }
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[..<length])
    }

    /// The bytes of the whole document.
    var copy: [UInt8] { Array(bytes) }

    /// The first value under `key`, nil if there is none.
    func value(_ key: String) throws(ReplyError) -> ReplyValue? {
        var offset = 4
        while let (name, value) = try element(at: &offset) {
            if name.elementsEqual(key.utf8) { return value }
        }
        return nil
    }

    /// The value under `key`, which must be there.
    func required(_ key: String) throws(ReplyError) -> ReplyValue {
        guard let value = try value(key) else { throw ReplyError() }
        return value
    }

    /// All values in order, as of an array.
    var values: [ReplyValue] {
        get throws(ReplyError) {
            var values: [ReplyValue] = []
            var offset = 4
            while let (_, value) = try element(at: &offset) { values.append(value) }
            return values
        }
    }

    /// The element at `offset`, which moves behind it; nil at the end.
    private func element(
        at offset: inout Int
    ) throws(ReplyError) -> (name: Slice<UnsafeRawBufferPointer>, value: ReplyValue)? {
        guard offset < bytes.count - 1 else { return nil }
        guard let nameEnd = bytes[(offset + 1)...].firstIndex(of: 0) else { throw ReplyError() }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(nameEnd + 1)..<(bytes.count - 1)])
        let value = try ReplyValue(type: bytes[offset], before: rest)
        let name = bytes[(offset + 1)..<nameEnd]
        offset = nameEnd + 1 + value.bytes.count
        return (name, value)
    }
}

/// The server's answer, or what it has stored, is not of the form it should have.
struct ReplyError: Error, Hashable {}
