/// A file of Swift, read once for all rules.
struct SwiftFile {
    /// The path from the package's root, with `/` between its parts.
    let path: String
    /// The lines as they were written.
    let lines: [Substring]
    /// The code alone: no comments, no contents of literals.
    let tokens: [Token]

    init(path: String, text: String) {
        self.path = path
        lines = text.lines
        tokens = Token.tokens(of: CodeMask.code(of: text))
    }

    func isIn(_ folders: [String]) -> Bool {
        folders.contains { path.hasPrefix($0 + "/") }
    }
}

extension String {
    /// The lines without their ends; the end of the last line begins no other.
    var lines: [Substring] {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }
}
