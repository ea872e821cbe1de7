import Ports

/// A planted deviation: a read behind the end of a file finds no file.
struct EarlyEndingBlobs: BlobStore {
    let store: any BlobStore

    func begin() async throws(StoreError) -> any BlobUpload { try await store.begin() }

    func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]? {
        let bytes = try await store.read(id, from: offset, byteCount: byteCount)
        return bytes?.isEmpty == true && byteCount > 0 ? nil : bytes
    }

    func remove(_ id: BlobID) async throws(StoreError) { try await store.remove(id) }

    func published(after id: BlobID?, limit: Int) async throws(StoreError) -> [PublishedBlob] {
        try await store.published(after: id, limit: limit)
    }
}
