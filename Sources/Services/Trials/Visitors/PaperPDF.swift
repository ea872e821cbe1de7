/// A small real PDF, with a page and a text, different for each title.
public enum PaperPDF {
    /// The bytes of a paper of one page; `fillerByteCount` bytes of a comment make it larger.
    public static func bytes(title: String, fillerByteCount: Int = 0) -> [UInt8] {
        let text = title.unicodeScalars.filter {
            $0.isASCII && $0 != "(" && $0 != ")" && $0 != "\\"
        }
        let content = "BT /F1 18 Tf 72 720 Td (\(String(String.UnicodeScalarView(text)))) Tj ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            """
            << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
            /Resources << /Font << /F1 5 0 R >> >> >>
            """,
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var bytes = Array("%PDF-1.4\n%\(title.utf8.count) bytes of title\n".utf8)
        var line = Array("%".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 78) + [0x0A]
        line.reserveCapacity(80)
        for _ in 0..<(fillerByteCount / line.count) { bytes += line }
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += Array("\(index + 1) 0 obj\n\(object)\nendobj\n".utf8)
        }
        let start = bytes.count
        bytes += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            let digits = String(offset)
            let zeros = String(repeating: "0", count: 10 - digits.utf8.count)
            bytes += Array("\(zeros)\(digits) 00000 n \n".utf8)
        }
        let trailer = "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n"
        return bytes + Array("\(trailer)%%EOF\n".utf8)
    }
}
