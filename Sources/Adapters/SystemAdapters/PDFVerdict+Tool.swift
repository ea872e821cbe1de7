import Ports

extension PDFVerdict {
    /// Whether a file's first 1024 bytes have a PDF's header, which may stand behind other bytes.
    static func hasHeader(_ bytes: [UInt8]) -> Bool {
        let mark = Array("%PDF-".utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: mark) }
    }

    /// What a run of the tool says of the file.
    ///
    /// qpdf ends with 0, with 3 after warnings and with 2 after errors.
    init(_ outcome: PDFTool.Outcome) throws(StoreError) {
        switch outcome {
        case .ended(0, let output, _), .ended(3, let output, _):
            let words = output.split(whereSeparator: \.isWhitespace)
            let count = words.count == 1 ? Int(words[0]) ?? 0 : 0
            self = count > 0 ? .document(pageCount: count) : .notAPDF
        case .ended(2, _, let errors):
            self = errors.contains(": invalid password") ? .encrypted : .notAPDF
        case .gaveUp: self = .notAPDF
        case .ended, .interrupted: throw .unavailable
        }
    }
}
