/// Looks into files that claim to be PDF.
public protocol PDFInspector: Sendable {
    /// What the published file is.
    ///
    /// It reads hostile files: an implementation bounds its time and memory and isolates the
    /// parser.
    func inspect(_ id: BlobID, in blobs: any BlobStore) async throws(StoreError) -> PDFVerdict
}

/// What an inspection found.
public enum PDFVerdict: Hashable, Sendable {
    /// A readable PDF.
    case document(pageCount: Int)
    /// A PDF that cannot be opened without a password.
    case encrypted
    /// Not a PDF, or too damaged to be read.
    case notAPDF
}
