import Testing

@testable import BSON

@Suite struct DocumentTests {
    @Test(arguments: GoldenSample.all)
    func `every element type has the bytes of the specification`(sample: GoldenSample) throws {
        let written = try BSONDocument(elements: [.init(key: "a", value: sample.value)])
        #expect(written.bytes.hex == sample.bytes.hex)
        let read = try BSONDocument(bytes: sample.bytes)
        #expect(read["a"] == sample.value)
        #expect(read == written)
    }

    @Test func `the example documents of the specification are read and written`() throws {
        let hello = [UInt8](hex: "16000000 02 68656C6C6F00 06000000 776F726C6400 00")
        let array = [UInt8](
            hex: """
                31000000 04 42534F4E00 26000000 02 3000 08000000 617765736F6D6500 \
                01 3100 3333333333331440 10 3200 C2070000 00 00
                """)
        #expect(try BSONDocument(bytes: hello)["hello"] == .string("world"))
        let values = BSONValue.array([.string("awesome"), .double(5.05), .int32(1986)])
        #expect(try BSONDocument(bytes: array)["BSON"] == values)
        let written = try BSONDocument(elements: [.init(key: "BSON", value: values)])
        #expect(written.bytes == array)
    }

    @Test func `a document of all types survives reading and writing`() throws {
        let document = GoldenSample.allInOne
        let read = try BSONDocument(bytes: document.bytes)
        #expect(read.elements.map(\.value) == GoldenSample.all.map(\.value))
        #expect(try BSONDocument(elements: read.elements) == document)
        let outer = try BSONDocument(elements: [.init(key: "d", value: .document(read))])
        #expect(outer["d"] == .document(document))
    }

    @Test func `array keys may be anything and are written as indices`() throws {
        let odd = [UInt8](hex: "14000000 04 6100 0C000000 10 7A00 01000000 00 00")
        let document = try BSONDocument(bytes: odd)
        #expect(document.bytes == odd)
        #expect(document["a"] == .array([.int32(1)]))
        #expect(try BSONDocument(elements: document.elements).bytes == GoldenSample.all[20].bytes)
    }

    @Test func `equal keys are all kept and the first is found`() throws {
        let document = try BSONDocument(elements: [
            .init(key: "a", value: .int32(1)), .init(key: "b", value: .int32(2)),
            .init(key: "a", value: .int32(3)),
        ])
        #expect(document.elements.map(\.key) == ["a", "b", "a"])
        #expect(document["a"] == .int32(1))
        #expect(document["c"] == nil)
    }

    @Test func `keys are told apart by their bytes`() throws {
        let document = try BSONDocument(elements: [.init(key: "\u{E9}", value: .null)])
        #expect(document["e\u{301}"] == nil)
        #expect(document["\u{E9}"] == .null)
    }

    @Test func `zero bytes in keys and regular expressions are refused`() {
        let expression = BSONValue.regularExpression(pattern: "a\0", options: "")
        for element in [
            BSONDocument.Element(key: "a\0b", value: .null), .init(key: "r", value: expression),
        ] {
            let expected = BSONEncodingError(reason: .textContainsNUL, path: [element.key])
            #expect(throws: expected) { try BSONDocument(elements: [element]) }
        }
    }

    @Test func `ids and decimals have a fixed length`() {
        #expect(BSONObjectID(bytes: Array(repeating: 0, count: 11)) == nil)
        #expect(BSONDecimal128(bytes: Array(repeating: 0, count: 17)) == nil)
    }
}
