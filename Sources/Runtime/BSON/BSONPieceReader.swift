/// Takes apart the content of one validated value from front to back.
struct BSONPieceReader {
    private var bytes: ArraySlice<UInt8>

    /// Starts at a range that counts from the start of the document's storage.
    init(_ storage: ArraySlice<UInt8>, in range: Range<Int>) {
        let start = storage.startIndex
        bytes = storage[(start + range.lowerBound)..<(start + range.upperBound)]
    }

    mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type = Integer.self
    ) -> Integer {
        take(MemoryLayout<Integer>.size).withUnsafeBytes { $0.integer(type, at: 0) }
    }

    mutating func string() -> String {
        let byteCount = Int(integer(Int32.self))
        return String(decoding: take(byteCount).dropLast(), as: UTF8.self)
    }

    mutating func cString() -> String {
        let text = take(bytes.prefix { $0 != 0 }.count)
        _ = take(1)
        return String(decoding: text, as: UTF8.self)
    }

    mutating func binary() -> BSONValue {
        _ = take(4)
        let subtype = integer(UInt8.self)
        if subtype == 2 { _ = take(4) }
        return .binary(subtype: subtype, bytes: Array(rest()))
    }

    mutating func objectID() -> BSONObjectID {
        guard let id = BSONObjectID(bytes: Array(take(BSONObjectID.byteCount))) else {
            preconditionFailure("a validated object id has twelve bytes")
        }
        return id
    }

    mutating func decimal128() -> BSONDecimal128 {
        guard let number = BSONDecimal128(bytes: Array(take(BSONDecimal128.byteCount))) else {
            preconditionFailure("a validated decimal has 16 bytes")
        }
        return number
    }

    mutating func rest() -> ArraySlice<UInt8> {
        take(bytes.count)
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        precondition(count >= 0 && count <= bytes.count)
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }
}
