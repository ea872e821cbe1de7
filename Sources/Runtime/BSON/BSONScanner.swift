/// Walks the elements of one document or array and proves that each lies inside it.
///
/// It proves lengths, terminators and booleans; what lies inside a value is the validator's.
struct BSONScanner {
    let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    /// Where the terminator of the document is.
    let end: Int

    /// Starts at the length of a document that must end by the limit.
    init(_ bytes: UnsafeRawBufferPointer, documentAt start: Int, limit: Int) throws(BSONError) {
        precondition(start >= 0 && start <= limit && limit <= bytes.count)
        guard limit - start >= 5 else { throw BSONError(position: start, reason: .truncated) }
        let byteCount = Int(bytes.integer(Int32.self, at: start))
        guard byteCount >= 5 else { throw BSONError(position: start, reason: .invalidLength) }
        guard byteCount <= limit - start else {
            throw BSONError(position: start, reason: .truncated)
        }
        self.bytes = bytes
        position = start + 4
        end = start + byteCount - 1
        guard bytes[end] == 0 else { throw BSONError(position: end, reason: .missingTerminator) }
    }

    /// Continues inside a document that was walked before.
    init(_ bytes: UnsafeRawBufferPointer, position: Int, end: Int) {
        precondition(position >= 0 && position <= end && end < bytes.count)
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    /// Gives the next element, nil after the last.
    @inline(__always)
    mutating func next() throws(BSONError) -> BSONElement? {
        guard position < end else { return nil }
        let code = bytes[position]
        guard let type = BSONType(rawValue: code) else {
            throw BSONError(position: position, reason: .unknownType(code))
        }
        let key = try cString(at: position + 1)
        let start = key.upperBound + 1
        let valueEnd = try valueEnd(of: type, at: start)
        position = valueEnd
        return BSONElement(type: type, key: key, value: start..<valueEnd)
    }

    /// Finds the text before the next zero byte.
    @inline(__always)
    func cString(at start: Int) throws(BSONError) -> Range<Int> {
        var end = start
        while end < self.end {
            if bytes[end] == 0 { return start..<end }
            end += 1
        }
        throw BSONError(position: start, reason: .missingTerminator)
    }
}

extension UnsafeRawBufferPointer {
    /// Loads a little-endian integer, refusing in release builds too what is out of bounds.
    @inline(__always)
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type, at offset: Int
    ) -> Integer {
        precondition(offset >= 0 && offset <= count - MemoryLayout<Integer>.size)
        return Integer(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}
