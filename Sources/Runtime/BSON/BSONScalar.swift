/// A Swift value that is one BSON element without a container of its own.
protocol BSONScalar: Codable {
    /// The one form in which the type is written.
    static var writtenType: BSONType { get }

    func append(to buffer: inout BSONBuffer) throws(BSONEncodingError.Reason)

    init(reading stored: BSONStoredValue) throws(BSONScalarFault)
}

/// Says why a stored value cannot be read as a scalar.
enum BSONScalarFault: Error {
    case otherType
    case outOfRange
}

extension Bool: BSONScalar {
    static var writtenType: BSONType { .bool }

    func append(to buffer: inout BSONBuffer) {
        buffer.append(self ? 1 : 0)
    }

    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        guard stored.type == .bool else { throw .otherType }
        self = stored.source.integer(UInt8.self, at: stored.offset) != 0
    }
}

extension String: BSONScalar {
    static var writtenType: BSONType { .string }

    func append(to buffer: inout BSONBuffer) throws(BSONEncodingError.Reason) {
        try buffer.append(string: self)
    }

    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        guard stored.type == .string else { throw .otherType }
        self = stored.source.string(at: stored.offset)
    }
}

extension Array: BSONScalar where Element == UInt8 {
    static var writtenType: BSONType { .binary }

    func append(to buffer: inout BSONBuffer) throws(BSONEncodingError.Reason) {
        try buffer.append(binary: self, subtype: 0)
    }

    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        guard stored.type == .binary,
            stored.source.integer(UInt8.self, at: stored.offset + 4) == 0
        else { throw .otherType }
        self = stored.source.binary(at: stored.offset)
    }
}
