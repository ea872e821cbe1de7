import FoundationEssentials

/// A subject as it stands in a header: plain when it can, else RFC 2047 encoded words.
struct EncodedSubject {
    /// The header's value, folded where it is long.
    let text: String

    init(_ subject: String) {
        let isPlain = subject.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        if isPlain && subject.utf8.count <= Self.plainByteCountMaximum
            && !subject.contains("=?") && subject == subject.trimmingSpaces
        {
            text = subject
        } else {
            text = Self.words(of: subject).joined(separator: "\r\n ")
        }
    }

    /// What fits beside `Subject: ` into a line of 78 characters.
    private static let plainByteCountMaximum = 69
    /// What fits as base64 into an encoded word of 75 characters, behind a space.
    private static let wordByteCountMaximum = 45
    /// What fits into one that stands behind `Subject: `, in a line of 76.
    private static let firstWordByteCountMaximum = 39

    /// Encoded words, each of whole scalars (RFC 2047, 5).
    private static func words(of subject: String) -> [String] {
        var parts: [[UInt8]] = [[]]
        for scalar in subject.unicodeScalars {
            let bytes = Array(UTF8.encode(scalar)!)
            let most = parts.count == 1 ? firstWordByteCountMaximum : wordByteCountMaximum
            if parts[parts.count - 1].count + bytes.count > most {
                parts.append([])
            }
            parts[parts.count - 1] += bytes
        }
        return parts.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }
    }
}

extension String {
    /// The text without the spaces at its ends, which a header would lose.
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
