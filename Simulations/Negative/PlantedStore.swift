import Effects
import Ports

/// A document store that does something else to commits.
struct PlantedStore: DocumentStore {
    let store: any DocumentStore
    let tamper: @Sendable ([DocumentWrite], any DocumentStore) async throws(StoreError) -> Void

    func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        try await store.documents(ids, in: collection)
    }

    func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try await store.page(query)
    }

    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try await tamper(writes, store)
    }
}

extension [DocumentWrite] {
    /// The writes that are not for a collection.
    func without(_ collection: String) -> [DocumentWrite] {
        filter { $0.key.collection != collection }
    }

    /// The writes for a collection.
    func only(_ collection: String) -> [DocumentWrite] {
        filter { $0.key.collection == collection }
    }
}

extension DocumentWrite {
    /// The same change, whatever the document's version is.
    var expectingAnything: DocumentWrite {
        if case .verify = change { return self }
        return DocumentWrite(key, expecting: .anything, change)
    }
}

/// A file store whose uploads are never synced before they get their name.
struct UnsyncedBlobStore: BlobStore {
    let store: any BlobStore

    func begin() async throws(StoreError) -> any BlobUpload {
        UnsyncedUpload(upload: try await store.begin())
    }

    func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]? {
        try await store.read(id, from: offset, byteCount: byteCount)
    }

    func remove(_ id: BlobID) async throws(StoreError) { try await store.remove(id) }

    func published(after id: BlobID?, limit: Int) async throws(StoreError) -> [PublishedBlob] {
        try await store.published(after: id, limit: limit)
    }

    private struct UnsyncedUpload: BlobUpload {
        let upload: any BlobUpload

        func append(_ bytes: [UInt8]) async throws(StoreError) { try await upload.append(bytes) }
        func sync() async throws(StoreError) {}
        func publish(_ id: BlobID) async throws(StoreError) { try await upload.publish(id) }
        func abandon() async { await upload.abandon() }
    }
}
