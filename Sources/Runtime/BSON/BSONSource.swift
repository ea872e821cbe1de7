/// One document whose bytes were validated, shared by all containers that read it.
final class BSONSource: Sendable {
    let bytes: [UInt8]

    init(validating bytes: [UInt8], limits: BSONLimits) throws(BSONError) {
        try bytes.withUnsafeBufferPointer { buffer throws(BSONError) in
            try BSONValidator.validate(UnsafeRawBufferPointer(buffer), limits: limits)
        }
        self.bytes = bytes
    }

    @inline(__always)
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type, at offset: Int
    ) -> Integer {
        bytes.withUnsafeBytes { $0.integer(type, at: offset) }
    }

    func double(at offset: Int) -> Double {
        Double(bitPattern: integer(UInt64.self, at: offset))
    }

    /// Reads text after its length.
    func string(at offset: Int) -> String {
        let byteCount = Int(integer(Int32.self, at: offset)) - 1
        return text(in: (offset + 4)..<(offset + 4 + byteCount))
    }

    /// Reads text of known extent, for example a key.
    func text(in range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Reads content after its length and subtype.
    func binary(at offset: Int) -> [UInt8] {
        let start = offset + 5
        return Array(bytes[start..<(start + Int(integer(Int32.self, at: offset)))])
    }

    /// Compares a key with text byte by byte.
    func key(in range: Range<Int>, equals text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == text.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            precondition(range.upperBound <= bytes.count)
            for index in 0..<text.count where bytes[range.lowerBound + index] != text[index] {
                return false
            }
            return true
        }
    }

    /// Compares two keys of the same length.
    func areEqual(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        bytes[one].elementsEqual(bytes[other])
    }

    func hash(of range: Range<Int>) -> Int {
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
        return hasher.finalize()
    }

    /// Visits the elements of a document or array in order.
    func forEachElement(
        ofDocumentAt start: Int, _ visit: (BSONElement) -> Void
    ) throws(BSONError) {
        try bytes.withUnsafeBufferPointer { buffer throws(BSONError) in
            let bytes = UnsafeRawBufferPointer(buffer)
            var scanner = try BSONScanner(bytes, documentAt: start, limit: bytes.count)
            while let element = try scanner.next() { visit(element) }
        }
    }

    /// Gives the element at a position of an array that ends there or later.
    func element(at position: Int, end: Int) throws(BSONError) -> BSONElement? {
        try bytes.withUnsafeBufferPointer { buffer throws(BSONError) in
            let bytes = UnsafeRawBufferPointer(buffer)
            var scanner = BSONScanner(bytes, position: position, end: end)
            return try scanner.next()
        }
    }
}
