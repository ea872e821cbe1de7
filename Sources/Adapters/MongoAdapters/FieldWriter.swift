import Platform

/// Writes a BSON document for the server straight into its bytes, without a tree in between.
struct FieldWriter {
    private(set) var bytes: [UInt8]

    /// The bytes of a document of the fields that `fill` adds.
    static func document(
        capacity: Int = 128, _ fill: (inout FieldWriter) throws -> Void
    ) rethrows -> [UInt8] {
        var writer = FieldWriter(capacity: capacity)
        let start = writer.begin()
        try fill(&writer)
        writer.end(start)
        return writer.bytes
    }

    private init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Adds text, which may contain NUL.
    mutating func add(_ key: String, _ value: String) {
        var value = value
        value.withUTF8 { add(key, utf8: $0) }
    }

    /// Adds text by its UTF-8 bytes.
    mutating func add(_ key: String, utf8: some Collection<UInt8>) {
        name(0x02, key)
        append(Int32(utf8.count + 1))
        bytes.append(contentsOf: utf8)
        bytes.append(0)
    }

    mutating func add(_ key: String, _ value: Bool) {
        name(0x08, key)
        bytes.append(value ? 1 : 0)
    }

    mutating func add(_ key: String, _ value: Int64) {
        name(0x12, key)
        append(value)
    }

    mutating func add(_ key: String, _ value: Int) { add(key, Int64(value)) }

    mutating func add(_ key: String, _ value: Instant) {
        name(0x09, key)
        append(value.millisecondsSince1970)
    }

    mutating func add(_ key: String, binary value: some Collection<UInt8>) {
        name(0x05, key)
        append(Int32(value.count))
        bytes.append(0)
        bytes.append(contentsOf: value)
    }

    /// Adds a whole document by its bytes.
    mutating func add(_ key: String, document value: [UInt8]) {
        name(0x03, key)
        bytes.append(contentsOf: value)
    }

    /// Adds a document of the fields that `fill` adds.
    mutating func add(_ key: String, _ fill: (inout FieldWriter) throws -> Void) rethrows {
        name(0x03, key)
        let start = begin()
        try fill(&self)
        end(start)
    }

    /// Adds an array with one value for each of `items`, which `write` adds under its key.
    mutating func add<Items: Sequence>(
        _ key: String, each items: Items,
        _ write: (inout FieldWriter, String, Items.Element) -> Void
    ) {
        name(0x04, key)
        let start = begin()
        for (index, item) in items.enumerated() { write(&self, String(index), item) }
        end(start)
    }

    /// Adds an array of whole documents.
    mutating func add(_ key: String, documents: some Sequence<[UInt8]>) {
        add(key, each: documents) { writer, index, document in
            writer.add(index, document: document)
        }
    }

    private mutating func name(_ type: UInt8, _ key: String) {
        bytes.append(type)
        bytes.append(contentsOf: key.utf8)
        bytes.append(0)
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func begin() -> Int {
        defer { append(Int32(0)) }
        return bytes.count
    }

    private mutating func end(_ start: Int) {
        bytes.append(0)
        let length = Int32(bytes.count - start)
        withUnsafeBytes(of: length.littleEndian) { source in
            for offset in 0..<4 { bytes[start + offset] = source[offset] }
        }
    }
}
