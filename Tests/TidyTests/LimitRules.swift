/// How large a file, a function and a line may be, and what stands nowhere.
enum LimitRules {
    static let fileLineCountMaximum = 300
    static let functionLineCountMaximum = 70
    static let columnCountMaximum = 100

    static func longFiles(path: String, text: String) -> [Finding] {
        let count = text.lines.count
        guard count > fileLineCountMaximum else { return [] }
        return [Finding(path: path, line: fileLineCountMaximum + 1, message: "\(count) lines")]
    }

    static func longLines(path: String, text: String) -> [Finding] {
        text.lines.enumerated().compactMap { index, line in
            line.count > columnCountMaximum
                ? Finding(path: path, line: index + 1, message: "\(line.count) columns") : nil
        }
    }

    static func longFunctions(_ file: SwiftFile) -> [Finding] {
        file.tokens.indices.compactMap { index in
            guard let end = FunctionBody.end(ofFunctionAt: index, in: file.tokens) else {
                return nil
            }
            let count = end.line - file.tokens[index].line + 1
            guard count > functionLineCountMaximum else { return nil }
            return Finding(
                path: file.path, line: file.tokens[index].line,
                message: "a function of \(count) lines")
        }
    }

    static func emptyCatches(_ file: SwiftFile) -> [Finding] {
        file.tokens.enumerated().compactMap { index, token in
            guard token.text == "catch",
                let open = file.tokens[index...].firstIndex(where: { $0.text == "{" }),
                file.tokens[open...].dropFirst().first?.text == "}"
            else { return nil }
            return Finding(path: file.path, line: token.line, message: "an empty catch")
        }
    }

    /// Words that put work off; they are written in halves so that this file may be read too.
    static let marks: Set = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

    static func markedLines(path: String, text: String) -> [Finding] {
        guard marks.contains(where: text.contains) else { return [] }
        return text.lines.enumerated().flatMap { index, line in
            line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
                .filter(marks.contains)
                .map { Finding(path: path, line: index + 1, message: "\($0) stands here") }
        }
    }
}
