import Testing

@testable import BSON

@Suite struct DictionaryTests {
    private let encoder = BSONEncoder()

    private struct Name: Codable, Hashable, CodingKeyRepresentable {
        let text: String
        var codingKey: any CodingKey { text.codingKey }

        init(_ text: String) {
            self.text = text
        }

        init?(codingKey: some CodingKey) {
            text = codingKey.stringValue
        }
    }

    @Test(arguments: [1, 2, 17, 300])
    func `equal dictionaries give equal bytes`(count: Int) throws {
        var random = SplitMix64(seed: UInt64(count))
        let pairs = (0..<count).map { ("key \($0 &* 7919)", $0) }
        var grown: [String: Int] = [:]
        grown.reserveCapacity(4096)
        for (key, value) in pairs.shuffled(using: &random) { grown[key] = value }
        let plain = Dictionary(uniqueKeysWithValues: pairs)
        #expect(try encoder.encode(grown) == encoder.encode(plain))
        let document = try BSONDocument(bytes: encoder.encode(["d": grown]))
        guard case .document(let inner)? = document["d"] else {
            Issue.record("not a document")
            return
        }
        let keys = inner.elements.map { Array($0.key.utf8) }
        #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func `keys are ordered by bytes and not by Unicode`() throws {
        let keys = ["z", "\u{E9}", "e\u{301}f", "a", "", "aa", "\u{FFFD}", "\u{10000}"]
        let dictionary = Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) })
        let written = try BSONDocument(bytes: encoder.encode(dictionary)).elements.map(\.key)
        #expect(
            written == ["", "a", "aa", "e\u{301}f", "z", "\u{E9}", "\u{FFFD}", "\u{10000}"])
    }

    @Test func `integer and named keys are sorted as text`() throws {
        let numbered = try BSONDocument(bytes: encoder.encode([10: 0, 9: 0, -1: 0]))
        #expect(numbered.elements.map(\.key) == ["-1", "10", "9"])
        let named = try encoder.encode([Name("b"): 1, Name("a"): 2])
        #expect(try BSONDocument(bytes: named).elements.map(\.key) == ["a", "b"])
        let read = try BSONDecoder().decode([Name: Int].self, from: named)
        #expect(read == [Name("b"): 1, Name("a"): 2])
    }

    @Test func `other dictionaries are pairs sorted by the bytes of their keys`() throws {
        let points = (0..<50).map { Point(x: $0, y: -$0) }
        var grown: [Point: Int] = [:]
        grown.reserveCapacity(4096)
        for point in points.reversed() { grown[point] = point.x }
        let plain = Dictionary(uniqueKeysWithValues: points.map { ($0, $0.x) })
        let bytes = try encoder.encode(["p": grown])
        #expect(try bytes == encoder.encode(["p": plain]))
        #expect(try BSONDecoder().decode([String: [Point: Int]].self, from: bytes)["p"] == plain)
    }

    @Test(arguments: [3, 40])
    func `the first of equal keys wins in every order of reading`(fillerCount: Int) throws {
        struct Keys: Decodable {
            let b: Int
            let a: Int
            let absent: Int?
        }
        let filler = (0..<fillerCount).map { BSONDocument.Element(key: "f\($0)", value: .null) }
        let document = try BSONDocument(
            elements: [.init(key: "a", value: .int32(1)), .init(key: "b", value: .int32(2))]
                + filler
                + [.init(key: "a", value: .int32(3)), .init(key: "b", value: .int32(4))])
        let keys = try BSONDecoder().decode(Keys.self, from: document.bytes)
        #expect(keys.a == 1 && keys.b == 2 && keys.absent == nil)
        let all = try BSONDecoder().decode([String: Int?].self, from: document.bytes)
        #expect(all["a"] == 1 && all["b"] == 2 && all.count == fillerCount + 2)
    }
}
