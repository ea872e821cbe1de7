/// The scalar an explicit nil becomes.
struct BSONNull: BSONScalar {
    static var writtenType: BSONType { .null }

    func append(to buffer: inout BSONBuffer) {}

    init() {}

    init(reading stored: BSONStoredValue) throws(BSONScalarFault) {
        guard stored.type.isNil else { throw .otherType }
    }
}
