/// Blanks out what in Swift text is not code: comments, the contents of string and regular
/// expression literals, quoted names. Interpolated code stays, and so does every line break.
struct CodeMask {
    private let input: [UInt8]
    private var output: [UInt8]
    private var position = 0

    /// The bytes of `text`, as many as before.
    static func code(of text: String) -> [UInt8] {
        var mask = CodeMask(input: Array(text.utf8))
        mask.code(inInterpolation: false)
        return mask.output
    }

    private init(input: [UInt8]) {
        self.input = input
        output = input
    }

    /// Walks code to the end, or past the parenthesis that closes an interpolation.
    private mutating func code(inInterpolation: Bool) {
        var depth = 0
        while position < input.count {
            switch input[position] {
            case UInt8(ascii: "/") where at("//"): lineComment()
            case UInt8(ascii: "/") where at("/*"): blockComment()
            case UInt8(ascii: "`"): quotedName()
            case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "/"): literalOrMark()
            case let byte:
                depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
                position += 1
                if inInterpolation, depth < 0 { return }
            }
        }
    }

    private mutating func lineComment() {
        while position < input.count, input[position] != UInt8(ascii: "\n") { blank(1) }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            depth += at("/*") ? 1 : at("*/") ? -1 : 0
            blank(at("/*") || at("*/") ? 2 : 1)
        } while depth > 0 && position < input.count
    }

    /// A quoted name becomes a word of the same length.
    private mutating func quotedName() {
        repeat { blank(1, with: UInt8(ascii: "x")) } while position < input.count && !at("`")
        blank(1, with: UInt8(ascii: "x"))
    }

    private mutating func literalOrMark() {
        let begin = position
        while at("#") { position += 1 }
        let pounds = String(repeating: "#", count: position - begin)
        if at("\"\"\"") {
            literal(open: "\"\"\"", pounds: pounds, manyLines: true)
        } else if at("\"") {
            literal(open: "\"", pounds: pounds, manyLines: false)
        } else if at("/"), !pounds.isEmpty {
            literal(open: "/", pounds: pounds, manyLines: true)
        } else if at("/"), beginsRegularExpression(after: begin) {
            literal(open: "/", pounds: "", manyLines: false)
        } else if position == begin {
            position += 1
        }
    }

    /// Walks a literal; its delimiters stay as marks.
    private mutating func literal(open: String, pounds: String, manyLines: Bool) {
        let isText = open != "/"
        position += open.utf8.count
        while position < input.count {
            if at(open + pounds) {
                position += open.utf8.count + pounds.utf8.count
                return
            } else if isText, at("\\" + pounds + "(") {
                blank(1 + pounds.utf8.count)
                position += 1
                code(inInterpolation: true)
            } else if at("\\" + (isText ? pounds : "")) {
                blank(2 + (isText ? pounds.utf8.count : 0))
            } else if at("\n"), !manyLines {
                return
            } else {
                blank(1)
            }
        }
    }

    /// Whether a slash stands where an operand may begin, and another one ends it on its line.
    private func beginsRegularExpression(after begin: Int) -> Bool {
        let before = input[..<begin].last { $0 != UInt8(ascii: " ") }
        guard let before, "(,=:[{!&|?;\n".utf8.contains(before),
            begin + 1 < input.count, input[begin + 1] > UInt8(ascii: " ")
        else { return false }
        return input[(begin + 1)...].prefix { $0 != UInt8(ascii: "\n") }
            .contains(UInt8(ascii: "/"))
    }

    private func at(_ text: String) -> Bool {
        input[position...].starts(with: text.utf8)
    }

    private mutating func blank(_ count: Int, with filler: UInt8 = UInt8(ascii: " ")) {
        for _ in 0..<count where position < input.count {
            if input[position] != UInt8(ascii: "\n") { output[position] = filler }
            position += 1
        }
    }
}
