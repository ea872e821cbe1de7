import BSON
import Platform
import Testing

/// Moments, and their text.
struct InstantTests {
    private static let limits = [
        Instant.representable.lowerBound, Instant.representable.lowerBound + 1, -1, 0, 1, 999, 1000,
        Instant.representable.upperBound - 1, Instant.representable.upperBound,
    ]

    /// Milliseconds with a bias for limits, seconds and days.
    private static func drawn(_ count: Int) -> [Int64] {
        var random = SplitMix64(seed: 1)
        return (0..<count).map { number in
            let value = Int64.random(in: Instant.representable, using: &random)
            switch number % 4 {
            case 0: return value
            case 1:
                return value / 86_400_000 * 86_400_000 + Int64.random(in: -1...1, using: &random)
            case 2: return Int64.random(in: 0...4_102_444_800_000, using: &random)
            default: return value / 1000 * 1000 + Int64.random(in: -1...1, using: &random)
            }
        }.filter(Instant.representable.contains)
    }

    @Test func `the text of a moment gives the moment back`() {
        for milliseconds in Self.limits + Self.drawn(4000) {
            let instant = Instant(millisecondsSince1970: milliseconds)
            #expect(Instant(instant.description) == instant, "\(milliseconds): \(instant)")
        }
    }

    @Test func `the order of texts is the order of moments`() {
        let values = (Self.limits + Self.drawn(4000)).sorted()
        let texts = values.map { Instant(millisecondsSince1970: $0).description }
        for (earlier, later) in zip(texts.indices, texts.indices.dropFirst())
        where values[earlier] != values[later] {
            #expect(
                texts[earlier].utf8.lexicographicallyPrecedes(texts[later].utf8),
                "\(values[earlier]) \(texts[earlier]), \(values[later]) \(texts[later])")
        }
        #expect(texts.allSatisfy { $0.utf8.count == 24 })
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_795_355_987_125, "2026-11-22T13:59:47.125Z"),
        (Instant.representable.lowerBound, "0000-01-01T00:00:00.000Z"),
        (Instant.representable.upperBound, "9999-12-31T23:59:59.999Z"),
    ])
    func `a moment is written in the proleptic Gregorian calendar`(value: Int64, text: String) {
        let instant = Instant(millisecondsSince1970: value)
        #expect(instant.description == text)
        #expect(Instant(text) == instant)
    }

    @Test(arguments: [
        ("2026-11-22T13:59:47Z", 1_795_355_987_000),
        ("2026-11-22T13:59:47.1Z", 1_795_355_987_100),
        ("2026-11-22T14:59:47.125+01:00", 1_795_355_987_125),
        ("2026-11-22T08:29:47.125-05:30", 1_795_355_987_125),
        ("2026-11-22T13:59:47.125999Z", 1_795_355_987_126),
        ("2026-11-22T13:59:47.9995Z", 1_795_355_988_000),
        ("2026-11-22T13:59:47.00049Z", 1_795_355_987_000),
        ("2000-02-29T23:59:59Z", 951_868_799_000), ("1900-03-01T00:00:00Z", -2_203_891_200_000),
    ])
    func `other spellings of a moment are read`(text: String, value: Int64) {
        #expect(Instant(text)?.millisecondsSince1970 == value)
    }

    @Test(arguments: [
        "", " ", "Z", "2026", "2026-11-22", "2026-11-22T13:59:47", "2026-11-22 13:59", "now",
        "13:59:47Z", "2026-11-22T13:59:47.125", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-02-30T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-22T25:00:00Z",
        "2026-11-22T13:60:00Z", "2026-11-22T13:59:61Z", "2026-11-22T13:59:47Z ",
        " 2026-11-22T13:59:47Z", "2026-11-22T13:59:47Z\0", "2026-11-22T13:59:47ZZ",
        "-001-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "٢٠٢٦-11-22T13:59:47Z",
        "2026-11-22T13:59:47.Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-11-22T13:59:60Z", "2026-11-22T24:00:00Z", "2026-11-22t13:59:47z",
        "2026-11-22T13:59:47+24:00", "2026-11-22T13:59:47+01", "2026-11-22T13:59:47+01:60",
        "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59.9999Z", "+026-11-22T13:59:47Z",
        String(repeating: "9", count: 100_000),
        "2026-11-22T13:59:47." + String(repeating: "0", count: 30) + "Z",
    ])
    func `what is no moment is not read`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `a moment outside four-digit years is held at the limit`() {
        let range = Instant.representable
        #expect(Instant(millisecondsSince1970: .max).millisecondsSince1970 == range.upperBound)
        #expect(Instant(millisecondsSince1970: .min).millisecondsSince1970 == range.lowerBound)
        let last = Instant(millisecondsSince1970: range.upperBound)
        let first = Instant(millisecondsSince1970: range.lowerBound)
        let durations: [Duration] = [
            .milliseconds(1), .seconds(1 << 40), .milliseconds(Int64.max), .seconds(Int64.max),
        ]
        for duration in durations {
            #expect(last + duration == last)
            #expect(first - duration == first)
            #expect(first + (.zero - duration) == first)
        }
    }

    @Test func `moments and durations add up`() {
        let noon = Instant(millisecondsSince1970: 1_795_348_800_000)
        #expect(noon + .seconds(60) - noon == .seconds(60))
        #expect(noon + .seconds(-60) < noon)
        #expect(noon + .microseconds(999) == noon)
        #expect(noon - (noon + .milliseconds(5)) == .milliseconds(-5))
    }

    @Test func `a moment is encoded as its text and a bad one is refused`() throws {
        let instant = Instant(millisecondsSince1970: 1_795_355_987_125)
        let bytes = try BSONEncoder().encode(["at": instant])
        #expect(bytes == (try BSONEncoder().encode(["at": "2026-11-22T13:59:47.125Z"])))
        #expect(try BSONDecoder().decode([String: Instant].self, from: bytes) == ["at": instant])
        let bad = try BSONEncoder().encode(["at": "yesterday"])
        #expect(throws: DecodingError.self) {
            try BSONDecoder().decode([String: Instant].self, from: bad)
        }
    }
}
