/// Writes the elements of a document.
struct BSONKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: BSONValueEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) throws {
        try encode(BSONNull(), forKey: key)
    }

    @inline(__always)
    func encode<T: BSONScalar>(_ value: T, forKey key: Key) throws {
        try encoder.session.writeElement(
            scalar: value, key: key.stringValue, in: encoder.serial)
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try encoder.session.writeElement(value, key: key.stringValue, in: encoder.serial)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        KeyedEncodingContainer(
            BSONKeyedEncodingContainer<NestedKey>(encoder: deferred(key, shape: .document)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        BSONUnkeyedEncodingContainer(encoder: deferred(key, shape: .array))
    }

    func superEncoder() -> any Encoder {
        deferred(BSONPathKey.superclass, shape: .undecided)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        deferred(key, shape: .undecided)
    }

    private func deferred(_ key: some CodingKey, shape: BSONWriter.Shape) -> BSONValueEncoder {
        encoder.session.deferElement(key: key.stringValue, shape: shape, in: encoder.serial)
    }
}
