import Ports

/// A planted deviation: a commit does not look at what it only depends on.
struct UnverifyingStore: DocumentStore {
    let store: any DocumentStore

    func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        try await store.documents(ids, in: collection)
    }

    func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try await store.page(query)
    }

    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try await store.commit(writes.filter { $0.change != .verify })
    }
}
