/// A target imports only what its row of the table allows.
enum ImportRule {
    static func findings(_ file: SwiftFile, table: [String: String]) -> [Finding] {
        guard let folder = targetFolder(of: file.path) else { return [] }
        guard let allowed = AllowedImports.modules(of: folder, in: table) else {
            return [Finding(path: file.path, line: 1, message: "\(folder) has no row")]
        }
        return imports(in: file.tokens).compactMap { module in
            allowed.contains(module.text)
                ? nil
                : Finding(
                    path: file.path, line: module.line,
                    message: "\(folder) must not import \(module.text)")
        }
    }

    /// A row speaks of a folder that has files.
    static func staleRows(paths: [String], table: [String: String]) -> [Finding] {
        let folders = Set(paths.compactMap(targetFolder))
        return table.keys.filter { !folders.contains($0) }.sorted().map {
            Finding(path: $0, line: 1, message: "the table has a row, but there is no such target")
        }
    }

    /// The folder of the target that a file belongs to; nil for tests, examples and manifests.
    static func targetFolder(of path: String) -> String? {
        let parts = path.split(separator: "/")
        if parts.first == "Sources" { return parts.prefix(3).joined(separator: "/") }
        return parts.first == "Simulations" && parts.dropFirst().first != "Examples"
            ? "Simulations" : nil
    }

    /// The names of the imported modules.
    static func imports(in tokens: [Token]) -> [Token] {
        tokens.indices.compactMap { index in
            guard tokens[index].text == "import", beginsImport(index, tokens) else { return nil }
            let next = tokens[(index + 1)...].prefix(2)
            return kinds.contains(next.first?.text ?? "") ? next.last : next.first
        }
    }

    private static func beginsImport(_ index: Int, _ tokens: [Token]) -> Bool {
        guard index > 0, tokens[index - 1].line == tokens[index].line else { return true }
        let before = tokens[index - 1].text
        return before.hasPrefix("@") || [")", ";"].contains(before) || levels.contains(before)
    }

    private static let levels: Set = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor",
    ]
}
