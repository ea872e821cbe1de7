/// The smallest files that a PDF reader takes, made of plain objects and a cross-reference table.
public struct SamplePDF: Sendable {
    /// Pages in the file.
    public var pageCount: Int
    /// Whether the file cannot be opened without a password that nobody knows.
    public var isEncrypted: Bool

    /// Describes a file.
    public init(pageCount: Int, isEncrypted: Bool = false) {
        self.pageCount = pageCount
        self.isEncrypted = isEncrypted
    }

    /// The file (ISO 32000-1, 7.5).
    public var bytes: [UInt8] {
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = "\(offset)"
            text += String(repeating: "0", count: 10 - digits.count) + "\(digits) 00000 n \n"
        }
        text += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R\(encryption) >>\n"
        return Array((text + "startxref\n\(start)\n%%EOF\n").utf8)
    }

    private var objects: [String] {
        let kids = (0..<pageCount).map { "\($0 + 3) 0 R" }.joined(separator: " ")
        let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
        let tree = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [\(kids)] /Count \(pageCount) >>",
        ]
        return tree + Array(repeating: page, count: pageCount) + (isEncrypted ? [handler] : [])
    }

    private var encryption: String {
        isEncrypted ? " /Encrypt \(pageCount + 3) 0 R /ID [<31323334> <31323334>]" : ""
    }

    /// A security handler whose check no password meets, for its sum is not computed from one.
    private var handler: String {
        let owner = String(repeating: "41", count: 32)
        let user = String(repeating: "42", count: 32)
        return "<< /Filter /Standard /V 1 /R 2 /O <\(owner)> /U <\(user)> /P -4 >>"
    }
}
