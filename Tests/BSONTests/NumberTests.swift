import Testing

@testable import BSON

@Suite struct NumberTests {
    private func read<T: Decodable>(_ value: BSONValue, as type: T.Type) throws -> T? {
        let bytes = try BSONDocument(elements: [.init(key: "n", value: value)]).bytes
        return try BSONDecoder().decode([String: T].self, from: bytes)["n"]
    }

    private func expectEdges<T: FixedWidthInteger & Codable>(of type: T.Type) throws {
        let low = Int64(T.min)
        let high = Int64(T.max)
        #expect(try read(.int64(low), as: T.self) == T.min)
        #expect(try read(.int64(high), as: T.self) == T.max)
        #expect(throws: DecodingError.self) { try read(.int64(low - 1), as: T.self) }
        #expect(throws: DecodingError.self) { try read(.int64(high + 1), as: T.self) }
    }

    @Test func `integers are read up to the edges of their type and no further`() throws {
        try expectEdges(of: Int8.self)
        try expectEdges(of: Int16.self)
        try expectEdges(of: Int32.self)
        try expectEdges(of: UInt8.self)
        try expectEdges(of: UInt16.self)
        try expectEdges(of: UInt32.self)
        #expect(try read(.int64(.min), as: Int.self) == .min)
        #expect(try read(.int64(.max), as: UInt64.self) == UInt64(Int64.max))
        #expect(throws: DecodingError.self) { try read(.int64(-1), as: UInt64.self) }
        #expect(throws: DecodingError.self) { try read(.int32(-1), as: UInt.self) }
    }

    @Test func `integers are read from doubles only without a fraction`() throws {
        #expect(try read(.double(3), as: Int.self) == 3)
        for value in [0.5, .nan, .infinity, 1e19, -1e300] {
            #expect(throws: DecodingError.self) { try read(.double(value), as: Int.self) }
        }
    }

    @Test func `doubles are read from integers they hold exactly`() throws {
        #expect(try read(.int32(-7), as: Double.self) == -7)
        #expect(try read(.int64(1 << 53), as: Double.self) == 9_007_199_254_740_992)
        #expect(throws: DecodingError.self) { try read(.int64((1 << 53) + 1), as: Double.self) }
    }

    @Test func `floats round but do not overflow`() throws {
        #expect(try read(.double(0.1), as: Float.self) == 0.1)
        #expect(try read(.double(.infinity), as: Float.self) == .infinity)
        #expect(throws: DecodingError.self) { try read(.double(1e39), as: Float.self) }
    }

    @Test func `unsigned integers over the signed maximum are refused`() throws {
        let edge = UInt64(Int64.max)
        #expect(try BSONEncoder().encode(["n": edge]) == BSONEncoder().encode(["n": Int64.max]))
        let expected = BSONEncodingError(reason: .integerOutOfRange, path: ["n"])
        #expect(throws: expected) { try BSONEncoder().encode(["n": edge + 1]) }
        #expect(throws: expected) { try BSONEncoder().encode(["n": UInt.max]) }
    }

    @Test func `other types are not numbers`() {
        for value in [BSONValue.string("1"), .bool(true), .datetime(milliseconds: 1)] {
            #expect(throws: DecodingError.self) { try read(value, as: Int.self) }
            #expect(throws: DecodingError.self) { try read(value, as: Double.self) }
        }
        #expect(throws: DecodingError.self) { try read(.int32(1), as: Bool.self) }
        #expect(throws: DecodingError.self) { try read(.symbol("x"), as: String.self) }
        let generic = BSONValue.binary(subtype: 4, bytes: [1])
        #expect(throws: DecodingError.self) { try read(generic, as: [UInt8].self) }
    }
}
