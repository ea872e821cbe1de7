/// Reads the elements of a document by key.
struct BSONKeyedDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let index: BSONKeyIndex

    var codingPath: [any CodingKey] { index.document.path }
    var allKeys: [Key] { index.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool {
        index.find(key.stringValue) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        try find(key).type.isNil
    }

    @inline(__always)
    func decode<T: BSONScalar>(_ type: T.Type, forKey key: Key) throws -> T {
        try find(key).scalar(type)
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try find(key).value(type)
    }

    @inline(__always)
    func decodeIfPresent<T: BSONScalar>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = index.find(key.stringValue), !value.type.isNil else { return nil }
        return try value.scalar(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = index.find(key.stringValue), !value.type.isNil else { return nil }
        return try value.value(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try find(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try find(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        try find(BSONPathKey.superclass)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        try find(key)
    }

    private func find(_ key: some CodingKey) throws -> BSONStoredValue {
        if let value = index.find(key.stringValue) { return value }
        throw DecodingError.keyNotFound(
            key, DecodingError.Context(codingPath: codingPath, debugDescription: "Key not found."))
    }
}
