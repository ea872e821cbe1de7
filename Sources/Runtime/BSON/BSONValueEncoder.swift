/// Hands the running value of a session to its `encode(to:)`.
struct BSONValueEncoder: Encoder {
    let session: BSONEncodingSession
    let serial: Int

    var codingPath: [any CodingKey] { session.writer.path(to: serial) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        session.writer.open(.document, in: serial)
        return KeyedEncodingContainer(BSONKeyedEncodingContainer(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        session.writer.open(.array, in: serial)
        return BSONUnkeyedEncodingContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        self
    }
}

extension BSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() throws {
        try encode(BSONNull())
    }

    func encode<T: BSONScalar>(_ value: T) throws {
        try session.writer.write(scalar: value, in: serial)
    }

    func encode<T: Encodable>(_ value: T) throws {
        try session.writeContent(of: value, in: serial)
    }
}
