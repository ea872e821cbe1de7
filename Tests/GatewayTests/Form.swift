/// A multipart/form-data body that a test can damage.
struct Form: Sendable {
    /// One part, its header lines as they are sent.
    struct Part: Sendable {
        var header: String
        var content: [UInt8]

        static func file(_ content: [UInt8], name: String = "paper.pdf") -> Part {
            Part(
                header: "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
                    + "Content-Type: application/pdf\r\n", content: content)
        }

        static func field(_ name: String, _ content: [UInt8]) -> Part {
            Part(header: "Content-Disposition: form-data; name=\"\(name)\"\r\n", content: content)
        }
    }

    var boundary = "edge-7f3a"
    var parts: [Part]
    var preamble: [UInt8] = []
    var epilogue: [UInt8] = Array("\r\n".utf8)

    init(_ parts: Part...) { self.parts = parts }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// The body up to the end of its last delimiter.
    var essence: [UInt8] {
        var bytes = preamble
        for (index, part) in parts.enumerated() {
            let lineBreak = index == 0 && preamble.isEmpty ? "" : "\r\n"
            bytes += Array("\(lineBreak)--\(boundary)\r\n\(part.header)\r\n".utf8) + part.content
        }
        return bytes + Array("\r\n--\(boundary)--".utf8)
    }

    var bytes: [UInt8] { essence + epilogue }
}
