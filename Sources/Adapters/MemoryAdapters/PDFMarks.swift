import Ports

/// The marks by which a PDF can be told from its bytes alone (ISO 32000-1, 7.5).
struct PDFMarks {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What the marks say of the file.
    var verdict: PDFVerdict {
        guard hasHeader, hasEnd else { return .notAPDF }
        if isEncrypted { return .encrypted }
        let count = pageCount
        return count > 0 ? .document(pageCount: count) : .notAPDF
    }

    private var hasHeader: Bool {
        bytes.starts(with: "%PDF-1.".utf8) || bytes.starts(with: "%PDF-2.".utf8)
    }

    private var hasEnd: Bool {
        !positions(of: "%%EOF", in: max(0, bytes.count - 1024)..<bytes.count).isEmpty
    }

    private var isEncrypted: Bool {
        guard let trailer = positions(of: "trailer", in: 0..<bytes.count).last else {
            return false
        }
        return !positions(of: "/Encrypt", in: trailer..<bytes.count).isEmpty
    }

    private var pageCount: Int {
        positions(of: "/Type", in: 0..<bytes.count).count { position in
            let rest = bytes[(position + 5)...].drop { Self.whitespace.contains($0) }
            guard rest.starts(with: "/Page".utf8) else { return false }
            return rest.dropFirst(5).first != UInt8(ascii: "s")
        }
    }

    private static let whitespace: [UInt8] = [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20]

    private func positions(of mark: String, in range: Range<Int>) -> [Int] {
        let pattern = Array(mark.utf8)
        guard range.count >= pattern.count else { return [] }
        return (range.lowerBound...(range.upperBound - pattern.count)).filter { start in
            bytes[start] == pattern[0] && bytes[start...].starts(with: pattern)
        }
    }
}
