/// Finds where a function ends.
enum FunctionBody {
    /// The brace that closes the function whose keyword is at `index`.
    ///
    /// It is nil when no function begins there, or when it has no body, as in a protocol.
    static func end(ofFunctionAt index: Int, in tokens: [Token]) -> Token? {
        guard keywords.contains(tokens[index].text),
            index == 0 || tokens[index - 1].text != ".",
            let open = opening(after: index, in: tokens)
        else { return nil }
        var depth = 0
        return tokens[open...].first { token in
            depth += token.text == "{" ? 1 : token.text == "}" ? -1 : 0
            return depth == 0
        }
    }

    private static func opening(after index: Int, in tokens: [Token]) -> Int? {
        var depth = 0
        for position in tokens.indices[(index + 1)...] {
            switch tokens[position].text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return position
            case let text where depth == 0 && position > index + 1 && endings.contains(text):
                return nil
            default: break
            }
        }
        return nil
    }

    private static let keywords: Set = ["func", "init", "deinit", "subscript"]
    private static let endings: Set = [
        "}", ";", "func", "init", "deinit", "subscript", "var", "let", "case", "static", "class",
        "struct", "enum", "actor", "protocol", "extension", "typealias", "associatedtype",
        "public", "package", "internal", "private", "fileprivate", "mutating", "nonisolated",
        "#if", "#else", "#elseif", "#endif",
    ]
}
