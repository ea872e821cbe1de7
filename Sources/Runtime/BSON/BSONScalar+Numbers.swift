extension BSONScalar where Self: FixedWidthInteger {
    /// Whether every value of the type fits in 32 bits; the form never depends on the value.
    private static var isNarrow: Bool { bitWidth < 32 || (bitWidth == 32 && isSigned) }

    static var writtenType: BSONType { isNarrow ? .int32 : .int64 }

    @inline(__always)
    func append(to buffer: inout BSONBuffer) throws(BSONEncodingError.Reason) {
        if Self.isNarrow {
            buffer.append(integer: Int32(truncatingIfNeeded: self))
        } else {
            guard let value = Int64(exactly: self) else { throw .integerOutOfRange }
            buffer.append(integer: value)
        }
    }

    @inline(__always)
    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        let value: Self?
        switch stored.type {
        case .int64: value = Self(exactly: stored.source.integer(Int64.self, at: stored.offset))
        case .int32: value = Self(exactly: stored.source.integer(Int32.self, at: stored.offset))
        case .double: value = Self(exactly: stored.source.double(at: stored.offset))
        default: throw .otherType
        }
        guard let value else { throw .outOfRange }
        self = value
    }
}

extension Int: BSONScalar {}
extension Int8: BSONScalar {}
extension Int16: BSONScalar {}
extension Int32: BSONScalar {}
extension Int64: BSONScalar {}
extension UInt: BSONScalar {}
extension UInt8: BSONScalar {}
extension UInt16: BSONScalar {}
extension UInt32: BSONScalar {}
extension UInt64: BSONScalar {}

extension Double: BSONScalar {
    static var writtenType: BSONType { .double }

    func append(to buffer: inout BSONBuffer) {
        buffer.append(integer: bitPattern)
    }

    /// Reads integers too, but only those a double holds exactly.
    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        switch stored.type {
        case .double: self = stored.source.double(at: stored.offset)
        case .int32: self = Double(stored.source.integer(Int32.self, at: stored.offset))
        case .int64:
            let integer = stored.source.integer(Int64.self, at: stored.offset)
            guard let value = Double(exactly: integer) else { throw .outOfRange }
            self = value
        default: throw .otherType
        }
    }
}

extension Float: BSONScalar {
    static var writtenType: BSONType { .double }

    func append(to buffer: inout BSONBuffer) {
        Double(self).append(to: &buffer)
    }

    /// Rounds to the nearest float; a finite number beyond the largest float is refused.
    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        let wide = try Double(reading: stored)
        self = Float(wide)
        guard isFinite || !wide.isFinite else { throw .outOfRange }
    }
}
