/// An e-mail address in the one form in which addresses are compared.
///
/// The form is lower case: two people whose addresses differ in case only do not exist in
/// practice, while one person who writes the address both ways does. Syntax is the usual subset
/// of RFC 5321 section 4.1.2 (no quoted local parts, no address literals).
public struct EmailAddress: Hashable, Sendable {
    /// The longest address, in bytes (RFC 5321 section 4.5.3.1.3, without the brackets).
    public static let byteCountMaximum = 254

    /// The address.
    public let text: String

    /// An address from text that somebody supplied; nil when it is none.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.byteCountMaximum else { return nil }
        // In lower case first: a letter may become longer, or more than a letter.
        let form = text.lowercased()
        let parts = Self.split(form.unicodeScalars[...], at: "@")
        guard form.utf8.count <= Self.byteCountMaximum, parts.count == 2,
            String(parts[0]).utf8.count <= 64, Self.isDomain(parts[1]),
            Self.split(parts[0], at: ".").allSatisfy({ !$0.isEmpty }),
            parts[0].allSatisfy(Self.isAllowed)
        else { return nil }
        self.text = form
    }

    /// The parts between separators, by scalars: a mark behind a separator must not hide it.
    private static func split(
        _ text: Substring.UnicodeScalarView, at separator: Unicode.Scalar
    ) -> [Substring.UnicodeScalarView] {
        text.split(separator: separator, omittingEmptySubsequences: false)
    }

    private static let marks = Set("!#$%&'*+-/=?^_`{|}~.".unicodeScalars)

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        isLetterOrDigit(scalar) || marks.contains(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: !scalar.isASCII && scalar.properties.isAlphabetic
        }
    }

    private static func isDomain(_ text: Substring.UnicodeScalarView) -> Bool {
        let labels = split(text, at: ".")
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(String(label).utf8.count) && label.first != "-"
                    && label.last != "-"
                    && label.allSatisfy { $0 == "-" || isLetterOrDigit($0) }
            }
    }
}

extension EmailAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an e-mail address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
