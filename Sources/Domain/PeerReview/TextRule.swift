/// How long a text may be, and what it may hold.
public struct TextRule: Sendable {
    /// What the text is called in an answer.
    public let name: String
    /// The number of characters allowed.
    public let characterCount: ClosedRange<Int>
    /// Whether the text may have more than one line.
    public let isMultiline: Bool

    /// States a rule.
    public init(_ name: String, _ characterCount: ClosedRange<Int>, isMultiline: Bool = false) {
        self.name = name
        self.characterCount = characterCount
        self.isMultiline = isMultiline
    }

    /// Whether the text follows the rule.
    ///
    /// Control characters are refused (lines may be broken where the rule allows it), and so are
    /// the invisible marks that turn the direction of the text around them; letters of every
    /// script, right to left ones too, and emoji are welcome.
    public func accepts(_ text: String) -> Bool {
        guard text.utf8.count <= characterCount.upperBound * 8,
            characterCount.contains(text.count)
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A, 0x0D, 0x09, 0x2028, 0x2029: isMultiline
            case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: false
            default: true
            }
        }
    }
}
