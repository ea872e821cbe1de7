/// A public declaration of the runtime says what it promises, or answers a protocol that says it.
enum DocumentationRule {
    static func findings(_ file: SwiftFile, _ witnesses: Witnesses) -> [Finding] {
        guard file.isIn(["Sources/Runtime"]) else { return [] }
        return file.tokens.indices.compactMap { index in
            let token = file.tokens[index]
            guard ["public", "open"].contains(token.text), declares(after: index, in: file),
                !isDocumented(line: token.line, in: file.lines)
            else { return nil }
            let name = Declaration.name(from: index, in: file.tokens) ?? "?"
            guard !witnesses.contain(name, in: file) else { return nil }
            return Finding(
                path: file.path, line: token.line, message: "'\(name)' is public and says nothing")
        }
    }

    /// Whether the access level at `index` begins a declaration that needs a sentence.
    private static func declares(after index: Int, in file: SwiftFile) -> Bool {
        guard let next = file.tokens[index...].dropFirst().first?.text else { return false }
        return (next.isWord || next.hasPrefix("@")) && !["import", "extension"].contains(next)
    }

    /// Whether a documentation comment stands above the declaration and its attributes.
    private static func isDocumented(line: Int, in lines: [Substring]) -> Bool {
        let above = lines[..<(line - 1)].reversed().lazy.map { $0.drop { $0 == " " } }
            .drop { $0.hasPrefix("@") }
        return above.first.map { $0.hasPrefix("///") || $0.hasSuffix("*/") } ?? false
    }
}
