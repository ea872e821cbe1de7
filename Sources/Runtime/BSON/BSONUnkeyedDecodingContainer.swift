/// Reads the elements of an array in order, whatever their keys are.
struct BSONUnkeyedDecodingContainer: UnkeyedDecodingContainer {
    private let array: BSONStoredValue
    /// Where the next element starts.
    private var position: Int
    /// Where the terminator of the array is.
    private let end: Int
    private let elementCount: Int
    private(set) var currentIndex = 0

    init(_ array: BSONStoredValue) throws {
        guard array.type == .array else {
            throw array.decodingError(.otherType, wanted: [Any].self)
        }
        var elementCount = 0
        try array.source.forEachElement(ofDocumentAt: array.offset) { _ in elementCount += 1 }
        self.array = array
        self.elementCount = elementCount
        position = array.offset + 4
        end = array.offset + Int(array.source.integer(Int32.self, at: array.offset)) - 1
    }

    var codingPath: [any CodingKey] { array.path }
    var count: Int? { elementCount }
    var isAtEnd: Bool { currentIndex == elementCount }

    mutating func decodeNil() throws -> Bool {
        let (value, end) = try peek()
        if value.type.isNil { advance(to: end) }
        return value.type.isNil
    }

    mutating func decode<T: BSONScalar>(_ type: T.Type) throws -> T {
        try next { try $0.scalar(type) }
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try next { try $0.value(type) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try next { $0 }
    }

    /// Passes over an element only once it was read.
    @inline(__always)
    private mutating func next<T>(_ read: (BSONStoredValue) throws -> T) throws -> T {
        let (value, end) = try peek()
        let result = try read(value)
        advance(to: end)
        return result
    }

    private func peek() throws -> (value: BSONStoredValue, end: Int) {
        guard let element = try array.source.element(at: position, end: end) else {
            let path = codingPath + [BSONPathKey(intValue: currentIndex)]
            throw DecodingError.valueNotFound(
                Any.self,
                DecodingError.Context(codingPath: path, debugDescription: "The array has ended."))
        }
        let value = BSONStoredValue(
            source: array.source, offset: element.value.lowerBound, type: element.type)
        return (value, element.value.upperBound)
    }

    private mutating func advance(to position: Int) {
        self.position = position
        currentIndex += 1
    }
}
