import Testing

@testable import BSON

@Suite struct RoundTripTests {
    private let encoder = BSONEncoder()
    private let decoder = BSONDecoder()

    private func roundTrip<T: Codable & Equatable>(_ value: T) throws -> Bool {
        let bytes = try encoder.encode(value)
        let again = try encoder.encode(try decoder.decode(T.self, from: bytes))
        let slice = ([9] + bytes + [9])[1...bytes.count]
        return try again == bytes && decoder.decode(from: bytes) == value
            && decoder.decode(T.self, from: slice) == value
    }

    @Test func `every Codable shape survives`() throws {
        #expect(try roundTrip(EveryScalar()))
        #expect(try roundTrip(Nested()))
        #expect(try roundTrip(Empty()))
        #expect(try roundTrip(State.failed("why", code: 7)))
        #expect(try roundTrip(["key": Point(x: 1, y: 2)]))
        #expect(try roundTrip([1: "one", 2: "two"]))
        #expect(try roundTrip(Optional(Point(x: 1, y: 2))))
        #expect(try roundTrip(Tree.depth(3)))
        #expect(try roundTrip(HandWritten()))
    }

    @Test func `a class and its superclass survive`() throws {
        let bytes = try encoder.encode(Dog(name: "Rex", tricks: ["sit", "roll"]))
        let dog = try decoder.decode(Dog.self, from: bytes)
        #expect(dog.name == "Rex")
        #expect(dog.tricks == ["sit", "roll"])
        #expect(try BSONDocument(bytes: bytes).elements.map(\.key) == ["super", "tricks"])
    }

    @Test func `nested containers stand where they were asked for`() throws {
        let document = try BSONDocument(bytes: encoder.encode(HandWritten()))
        #expect(document.elements.map(\.key) == ["before", "inner", "list", "after"])
        let item = try BSONDocument(elements: [.init(key: "before", value: .int64(3))])
        #expect(document["list"] == .array([.array([.int64(2)]), .document(item), .null]))
        #expect(document["after"] == .null)
    }

    @Test func `each Swift type has one element type`() throws {
        let document = try BSONDocument(bytes: encoder.encode(EveryScalar()))
        #expect(document["bool"] == .bool(true))
        #expect(document["float"] == .double(Double(Float(1.1))))
        #expect(document["int"] == .int64(.min))
        #expect(document["int8"] == .int32(-128))
        #expect(document["int16"] == .int32(-32768))
        #expect(document["int32"] == .int32(.min))
        #expect(document["uint"] == .int64(.max))
        #expect(document["uint8"] == .int32(255))
        #expect(document["uint16"] == .int32(65535))
        #expect(document["uint32"] == .int64(0xFFFF_FFFF))
        #expect(document["uint64"] == .int64(0))
        #expect(document["bytes"] == .binary(subtype: 0, bytes: [0, 1, 255]))
        #expect(document["none"] == nil)
    }

    @Test func `doubles that are not numbers survive`() throws {
        for value in [Double.nan, .infinity, -.infinity, -0.0] {
            let bytes = try encoder.encode(["a": value])
            let read = try decoder.decode([String: Double].self, from: bytes)
            #expect(read["a"]?.bitPattern == value.bitPattern)
            let narrow = try decoder.decode([String: Float].self, from: bytes)
            #expect(narrow["a"]?.sign == value.sign && narrow["a"]?.isNaN == value.isNaN)
        }
    }

    @Test func `an array of more than ten elements has decimal keys`() throws {
        let bytes = try encoder.encode(["a": Array(0..<101)])
        #expect(try decoder.decode([String: [Int]].self, from: bytes) == ["a": Array(0..<101)])
        let array = try BSONDocument(bytes: bytes)["a"]
        let rewritten = try BSONDocument(elements: [.init(key: "a", value: try #require(array))])
        #expect(rewritten.bytes == bytes)
    }

    @Test func `an old form decodes without new fields and despite unknown ones`() throws {
        struct Old: Codable {
            var id = 7
            var gone = ["x": 1]
        }
        struct New: Codable, Equatable {
            var added: String?
            var id: Int
        }
        let bytes = try encoder.encode(Old())
        #expect(try decoder.decode(New.self, from: bytes) == New(added: nil, id: 7))
    }

    @Test func `null and undefined decode as nil`() throws {
        for value in [BSONValue.null, .undefined] {
            let bytes = try BSONDocument(elements: [.init(key: "a", value: value)]).bytes
            #expect(try decoder.decode([String: Int?].self, from: bytes) == ["a": nil])
        }
    }
}
