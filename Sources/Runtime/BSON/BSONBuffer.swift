/// The growing bytes of a document; every append that can be large is bounded.
struct BSONBuffer {
    private(set) var bytes: [UInt8] = []
    let byteCountMaximum: Int

    init(byteCountMaximum: Int, capacity: Int) {
        self.byteCountMaximum = byteCountMaximum
        bytes.reserveCapacity(capacity)
    }

    var count: Int { bytes.count }

    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func append<Integer: FixedWidthInteger>(integer: Integer) {
        withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ more: some Collection<UInt8>) throws(BSONEncodingError.Reason) {
        guard more.count <= byteCountMaximum - bytes.count else { throw .tooLarge }
        bytes.append(contentsOf: more)
    }

    /// Appends an unbounded piece that was bounded when it was made.
    mutating func append(piece: ArraySlice<UInt8>) {
        bytes.append(contentsOf: piece)
    }

    /// Appends text and its terminator, for keys and regular expressions.
    mutating func append(cString text: String) throws(BSONEncodingError.Reason) {
        guard bytes.count <= byteCountMaximum else { throw .tooLarge }
        var text = text
        let isComplete = text.withUTF8 { utf8 in
            guard !utf8.contains(0) else { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        guard isComplete else { throw .textContainsNUL }
        bytes.append(0)
    }

    /// Appends an array index as its decimal key, with its terminator.
    mutating func append(index: Int) throws(BSONEncodingError.Reason) {
        guard bytes.count <= byteCountMaximum else { throw .tooLarge }
        var divisor = 1
        while index / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(truncatingIfNeeded: index / divisor % 10) + 0x30)
            divisor /= 10
        }
        bytes.append(0)
    }

    /// Appends length, text and terminator.
    mutating func append(string text: String) throws(BSONEncodingError.Reason) {
        var text = text
        let isComplete = text.withUTF8 { utf8 in
            guard utf8.count < byteCountMaximum - bytes.count else { return false }
            append(integer: Int32(utf8.count + 1))
            bytes.append(contentsOf: utf8)
            return true
        }
        guard isComplete else { throw .tooLarge }
        bytes.append(0)
    }

    /// Appends length, subtype and content; subtype 2 repeats its length inside.
    mutating func append(
        binary content: [UInt8], subtype: UInt8
    ) throws(BSONEncodingError.Reason) {
        guard content.count <= byteCountMaximum - bytes.count - 4 else { throw .tooLarge }
        append(integer: Int32(subtype == 2 ? content.count + 4 : content.count))
        append(subtype)
        if subtype == 2 { append(integer: Int32(content.count)) }
        bytes.append(contentsOf: content)
    }

    mutating func replace(at offset: Int, with byte: UInt8) {
        bytes[offset] = byte
    }

    /// Ends the document that starts at an offset and fills in its length.
    mutating func endDocument(at start: Int) throws(BSONEncodingError.Reason) {
        bytes.append(0)
        let byteCount = bytes.count - start
        guard bytes.count <= byteCountMaximum else { throw .tooLarge }
        withUnsafeBytes(of: Int32(byteCount).littleEndian) { length in
            for (index, byte) in length.enumerated() { bytes[start + index] = byte }
        }
    }

    mutating func truncate(to count: Int) {
        bytes.removeSubrange(count...)
    }
}
