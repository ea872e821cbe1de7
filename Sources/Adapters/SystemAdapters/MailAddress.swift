/// An address `local@domain` of printable ASCII that can stand in a header as it is.
///
/// It is the dot-atom form of RFC 5322, 3.4.1; quoted local parts, comments and addresses
/// outside ASCII (RFC 6532) are not taken.
public struct MailAddress: Hashable, Sendable {
    /// The longest address, in bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
    public static let byteCountMaximum = 254

    /// The address's text.
    public let text: String

    /// The part behind the `@`.
    public var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

    /// An address from text that somebody supplied; nil when the text is none.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.byteCountMaximum else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(Self.isDotAtom) else { return nil }
        self.text = text
    }

    private static let specials = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isDotAtom(_ part: Substring.UTF8View) -> Bool {
        let atoms = part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return atoms.allSatisfy { atom in !atom.isEmpty && atom.allSatisfy(isAtomText) }
    }

    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: specials.contains(byte)
        }
    }
}
