import BSON
import Platform
import Testing

/// What may be an identity.
struct IDTests {
    private enum Thing {}

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".unicodeScalars)

    @Test func `an id is made of letters, digits, hyphens and low lines only`() {
        for value in 0...0x2FF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isAllowed = Self.allowed.contains(scalar)
            #expect(
                (ID<Thing>(String(scalar)) != nil) == isAllowed, "\(scalar.escaped(asASCII: true))")
            #expect((ID<Thing>("a\(scalar)b") != nil) == isAllowed)
        }
    }

    @Test(arguments: ["a\u{301}", "é", "٣", "a b", "🧑🏽‍🚀", "a\n", "ａ", "-\u{200D}-"])
    func `other letters are no id`(text: String) {
        #expect(ID<Thing>(text) == nil)
    }

    @Test(arguments: [(0, false), (1, true), (63, true), (64, true), (65, false), (100_000, false)])
    func `an id has 1 to 64 bytes`(count: Int, isID: Bool) {
        #expect((ID<Thing>(String(repeating: "x", count: count)) != nil) == isID)
    }

    @Test func `a new id has 26 characters of an alphabet that cannot be misread`() {
        let alphabet = Set("0123456789abcdefghjkmnpqrstvwxyz")
        #expect(alphabet.count == 32)
        var seen: Set<Character> = []
        let random = CountedRandom(seed: 3)
        for _ in 0..<100 {
            let id = ID<Thing>(random, for: "thing")
            #expect(id.text.count == 26)
            #expect(Set(id.text).isSubset(of: alphabet))
            #expect(ID<Thing>(id.text) == id)
            seen.formUnion(id.text)
        }
        #expect(seen == alphabet)
    }

    @Test func `new ids differ`() {
        let random = CountedRandom(seed: 4)
        let ids = Set((0..<10_000).map { _ in ID<Thing>(random, for: "thing") })
        #expect(ids.count == 10_000)
    }

    @Test func `ids are ordered as their bytes are and encoded as text`() throws {
        #expect(
            ["b", "B", "a-", "a", "_", "-"].map { ID<Thing>($0) ?? "x" }.sorted()
                == ["-", "B", "_", "a", "a-", "b"])
        let bytes = try BSONEncoder().encode(["id": "abc" as ID<Thing>])
        #expect(bytes == (try BSONEncoder().encode(["id": "abc"])))
        #expect(try BSONDecoder().decode([String: ID<Thing>].self, from: bytes) == ["id": "abc"])
        for text in ["", "a b", String(repeating: "x", count: 65)] {
            let bad = try BSONEncoder().encode(["id": text])
            #expect(throws: DecodingError.self) {
                try BSONDecoder().decode([String: ID<Thing>].self, from: bad)
            }
        }
    }
}
