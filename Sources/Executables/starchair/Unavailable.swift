import Ports
import Trials

/// The ports that a passing visit of the operator must not touch: each use fails.
struct UnavailablePorts: BlobStore, Mailer, PDFInspector {
    func begin() async throws(StoreError) -> any BlobUpload { throw .unavailable }

    func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]? { throw .unavailable }

    func remove(_ id: BlobID) async throws(StoreError) { throw .unavailable }

    func published(
        after id: BlobID?, limit: Int
    ) async throws(StoreError) -> [PublishedBlob] { throw .unavailable }

    func deliver(_ letter: Letter) async throws(MailError) { throw .unavailable }

    func inspect(
        _ id: BlobID, in blobs: any BlobStore
    ) async throws(StoreError) -> PDFVerdict { throw .unavailable }
}

/// The live connections of an installation whose pages are not looked at: each use fails.
struct UnavailableLivePort: LivePort {
    func connect(
        session: String, after sequence: Int64
    ) async throws(NoAnswer) -> any LiveStream { throw NoAnswer() }
}
