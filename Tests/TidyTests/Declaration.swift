/// The names that declarations give.
enum Declaration {
    /// The name that the declaration at or after `index` gives, for example `hash`, `==` or
    /// `init(from`; nil when none is near.
    static func name(from index: Int, in tokens: [Token]) -> String? {
        let words = tokens[index...].prefix(distanceMaximum)
        guard let keyword = words.firstIndex(where: { keywords.contains($0.text) }) else {
            return nil
        }
        let after = tokens[keyword...].dropFirst().prefix(distanceMaximum).map(\.text)
        if tokens[keyword].text == "init" {
            let label = after.drop { $0 != "(" }.dropFirst().first ?? ""
            return "init(" + label
        }
        guard let first = after.first, !first.isWord else { return after.first }
        return after.prefix { $0 != "(" }.joined()
    }

    /// How many tokens may stand between an access level and the keyword.
    private static let distanceMaximum = 12
    private static let keywords: Set = [
        "func", "var", "let", "init", "subscript", "typealias", "struct", "class", "enum",
        "actor", "protocol", "case", "associatedtype", "macro",
    ]
}

extension String {
    /// Whether this token is a word, not a mark.
    var isWord: Bool { first.map { $0.isLetter || $0 == "_" } ?? false }
}
