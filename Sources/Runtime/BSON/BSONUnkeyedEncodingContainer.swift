/// Writes the elements of an array.
struct BSONUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let encoder: BSONValueEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.session.writer.elementCount(of: encoder.serial) }

    func encodeNil() throws {
        try encode(BSONNull())
    }

    func encode<T: BSONScalar>(_ value: T) throws {
        try encoder.session.writeElement(scalar: value, key: nil, in: encoder.serial)
    }

    func encode<T: Encodable>(_ value: T) throws {
        try encoder.session.writeElement(value, key: nil, in: encoder.serial)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        KeyedEncodingContainer(
            BSONKeyedEncodingContainer<NestedKey>(encoder: deferred(shape: .document)))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        BSONUnkeyedEncodingContainer(encoder: deferred(shape: .array))
    }

    func superEncoder() -> any Encoder {
        deferred(shape: .undecided)
    }

    private func deferred(shape: BSONWriter.Shape) -> BSONValueEncoder {
        encoder.session.deferElement(key: nil, shape: shape, in: encoder.serial)
    }
}
