/// An opaque identity of an `Object`: 1 to 64 letters, digits, `-` and `_`.
///
/// The phantom parameter keeps a submission's id from standing where a person's belongs.
public struct ID<Object>: Hashable, Sendable {
    /// The longest text of an id, in bytes.
    public static var byteCountMaximum: Int { 64 }

    /// The id's text.
    public let text: String

    /// An id from text that somebody supplied; nil when the text is no id.
    public init?(_ text: String) {
        guard (1...Self.byteCountMaximum).contains(text.utf8.count),
            text.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        self.text = text
    }

    /// A new id of 26 characters: 130 random bits.
    public init(_ random: any RandomSource, for purpose: RandomPurpose) {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        // 12 digits of 5 bits from each word, 2 more from a third.
        let words = (random.next(purpose), random.next(purpose), random.next(purpose))
        text = String(unsafeUninitializedCapacity: 26) { buffer in
            for index in 0..<26 {
                let word = index < 12 ? words.0 : index < 24 ? words.1 : words.2
                buffer[index] = digits[Int(truncatingIfNeeded: word >> UInt64(index % 12 * 5)) & 31]
            }
            return 26
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension ID: ExpressibleByStringLiteral {
    public init(stringLiteral value: StaticString) {
        guard let id = Self("\(value)") else { preconditionFailure("not an id: \(value)") }
        self = id
    }
}

extension ID: CustomStringConvertible {
    public var description: String { text }
}

extension ID: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an id: 1 to 64 of A-Z a-z 0-9 - _")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
