/// One value inside a document; it reads itself as a scalar or hands itself to `init(from:)`.
struct BSONStoredValue {
    let source: BSONSource
    let offset: Int
    let type: BSONType

    var path: [any CodingKey] { source.path(toValueAt: offset) }

    @inline(__always)
    func scalar<T: BSONScalar>(_ wanted: T.Type) throws -> T {
        do throws(BSONScalarFault) {
            return try T(reading: self)
        } catch {
            throw decodingError(error, wanted: wanted)
        }
    }

    func value<T: Decodable>(_ wanted: T.Type) throws -> T {
        guard T.self == [UInt8].self else { return try T(from: self) }
        return unsafeBitCast(try scalar([UInt8].self), to: T.self)
    }

    func decodingError(_ fault: BSONScalarFault, wanted: Any.Type) -> DecodingError {
        func context(_ text: String) -> DecodingError.Context {
            DecodingError.Context(codingPath: path, debugDescription: text)
        }
        return switch fault {
        case .outOfRange: .dataCorrupted(context("The stored \(type) does not fit \(wanted)."))
        case .otherType where type.isNil: .valueNotFound(wanted, context("Found \(type)."))
        case .otherType: .typeMismatch(wanted, context("Found \(type)."))
        }
    }
}

extension BSONStoredValue: Decoder {
    var codingPath: [any CodingKey] { path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(BSONKeyedDecodingContainer(index: try BSONKeyIndex(of: self)))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try BSONUnkeyedDecodingContainer(self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        self
    }
}

extension BSONStoredValue: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        type.isNil
    }

    func decode<T: BSONScalar>(_ type: T.Type) throws -> T {
        try scalar(type)
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try value(type)
    }
}
