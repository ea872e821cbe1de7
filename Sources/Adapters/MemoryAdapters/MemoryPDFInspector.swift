import Ports

/// Looks at a file's bytes for the marks of a PDF, without reading its structure.
///
/// It is exact for files with plain object dictionaries, as simulations write them, and runs in
/// time proportional to the file; it is no check of hostile files.
public struct MemoryPDFInspector: PDFInspector {
    /// The most bytes it reads of a file.
    public static let fileByteCountMaximum = 64 << 20

    /// An inspector; it has no state.
    public init() {}

    public func inspect(
        _ id: BlobID, in blobs: any BlobStore
    ) async throws(StoreError) -> PDFVerdict {
        var bytes: [UInt8] = []
        while true {
            let part = try await blobs.read(
                id, from: Int64(bytes.count), byteCount: BlobTable.readByteCountMaximum)
            guard let part else { throw .corrupt("blob \(id) is not published") }
            if part.isEmpty { return PDFMarks(bytes).verdict }
            bytes.append(contentsOf: part)
            guard bytes.count <= Self.fileByteCountMaximum else {
                throw .limit("an inspected file has at most \(Self.fileByteCountMaximum) bytes")
            }
        }
    }
}
