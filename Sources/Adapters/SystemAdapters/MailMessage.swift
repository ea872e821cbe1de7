import Platform
import Ports

/// A letter as the bytes of an RFC 5322 message, its text in UTF-8.
struct MailMessage {
    /// How the text stands in the message, by its name in the header.
    enum Coding: String {
        /// As it is, for people and mail systems that read the file.
        case eightBit = "8bit"
        /// As ASCII, for servers of which nobody knows what they take.
        case quotedPrintable = "quoted-printable"
    }

    /// The longest line without its end, in bytes (RFC 5322, 2.1.1).
    static let lineByteCountMaximum = 998
    /// The longest subject, in bytes.
    static let subjectByteCountMaximum = 4096

    /// The message, lines ended by CR LF.
    let bytes: [UInt8]

    /// Writes a message; what could smuggle in a header is refused, never repaired.
    init(
        _ letter: Letter, from sender: MailAddress, at moment: Instant,
        as coding: Coding = .eightBit
    ) throws(MailError) {
        guard let recipient = MailAddress(letter.recipient) else {
            throw .refused("the recipient is no address of the form local@domain in ASCII")
        }
        guard !letter.subject.unicodeScalars.contains(where: Self.isControl) else {
            throw .refused("a subject is one line without control characters")
        }
        guard letter.subject.utf8.count <= Self.subjectByteCountMaximum else {
            throw .refused("a subject has at most \(Self.subjectByteCountMaximum) bytes")
        }
        guard !letter.text.utf8.contains(0) else { throw .refused("a text contains no NUL") }
        let headers = [
            "From: <\(sender.text)>",
            "To: <\(recipient.text)>",
            "Subject: \(EncodedSubject(letter.subject).text)",
            "Date: \(MailDate(moment).text)",
            "Message-ID: <\(letter.id)@\(sender.domain)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: \(coding.rawValue)",
            "Auto-Submitted: auto-generated",
        ]
        let text =
            switch coding {
            case .eightBit: Self.lines(of: letter.text)
            case .quotedPrintable: QuotedPrintable.lines(of: Self.wholeLines(of: letter.text))
            }
        let lines = headers + [""] + text
        bytes = lines.flatMap { Array($0.utf8) + [0x0D, 0x0A] }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// The recipient that a message of this form names; nil when it has another form.
    static func recipient(of bytes: [UInt8]) -> MailAddress? {
        let head = String(decoding: bytes.prefix(1024), as: UTF8.self)
        for line in head.split(separator: "\r\n", omittingEmptySubsequences: false) {
            if line.isEmpty { return nil }
            guard line.hasPrefix("To: <"), line.hasSuffix(">") else { continue }
            return MailAddress(String(line.dropFirst("To: <".count).dropLast()))
        }
        return nil
    }

    /// The text's lines, whatever ended them, without an empty one after the last end.
    private static func wholeLines(of text: String) -> [Substring] {
        let lines = text.replacingLineEnds.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }

    /// The text's lines, whatever ended them, none longer than a message may have.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        var byteCount = 0
        for scalar in text.replacingLineEnds.unicodeScalars {
            let width = UTF8.width(scalar)
            if scalar == "\n" || byteCount + width > lineByteCountMaximum {
                lines.append(line)
                line = ""
                byteCount = 0
            }
            guard scalar != "\n" else { continue }
            line.unicodeScalars.append(scalar)
            byteCount += width
        }
        return byteCount > 0 ? lines + [line] : lines
    }
}

extension String {
    /// The text with each CR LF and each CR alone as LF.
    fileprivate var replacingLineEnds: String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                result.append("\n")
            } else if scalar != "\n" {
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }
}
