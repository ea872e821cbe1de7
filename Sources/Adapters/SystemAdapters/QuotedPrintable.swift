/// A text as lines of printable ASCII that any mail system passes on unchanged (RFC 2045, 6.7).
enum QuotedPrintable {
    /// The longest line, in bytes, its `=` included.
    static let lineByteCountMaximum = 76

    /// The lines that stand for `lines`; a line that is too long goes on in the next.
    static func lines(of lines: some Sequence<some StringProtocol>) -> [String] {
        lines.flatMap { encoded(Array($0.utf8)) }
    }

    private static func encoded(_ line: [UInt8]) -> [String] {
        var lines: [String] = []
        var current = ""
        for (index, byte) in line.enumerated() {
            let part = isPlain(byte, isLast: index == line.count - 1) ? plain(byte) : escaped(byte)
            if current.utf8.count + part.utf8.count > lineByteCountMaximum - 1 {
                lines.append(current + "=")
                current = ""
            }
            current += part
        }
        return lines + [current]
    }

    /// Whether a byte stands for itself; a space at a line's end would be lost.
    private static func isPlain(_ byte: UInt8, isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        case 0x21...0x7E: true
        case 0x20, 0x09: !isLast
        default: false
        }
    }

    private static func plain(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
}
