/// A word or a mark of Swift code.
struct Token: Equatable {
    let text: String
    let line: Int

    /// The tokens of code whose comments and literals are blanked out; lines count from 1.
    ///
    /// A word bears the `@` or `#` before it; every other mark is a token of its own.
    static func tokens(of code: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var position = 0
        var line = 1
        while position < code.count {
            let begin = position
            position += 1
            if isWord(code[begin]) || code[begin] == UInt8(ascii: "@")
                || code[begin] == UInt8(ascii: "#")
            {
                while position < code.count, isWord(code[position]) { position += 1 }
            }
            if code[begin] == UInt8(ascii: "\n") {
                line += 1
            } else if code[begin] > UInt8(ascii: " ") {
                let text = String(decoding: code[begin..<position], as: UTF8.self)
                tokens.append(Token(text: text, line: line))
            }
        }
        return tokens
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default:
            false
        }
    }
}
