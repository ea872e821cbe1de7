import Ports

/// An inspector that says the same of every file.
struct FixedPDFInspector: PDFInspector {
    var verdict = PDFVerdict.document(pageCount: 1)

    func inspect(_ id: BlobID, in blobs: any BlobStore) async throws(StoreError) -> PDFVerdict {
        verdict
    }
}
