import Ports
import Synchronization

/// A document store in memory: the reference that every other one is compared with.
public final class MemoryDocumentStore: DocumentStore {
    private let guarded: Mutex<DocumentTable>

    /// A store with the documents of `table`, empty unless given.
    public init(_ table: DocumentTable = DocumentTable()) { guarded = Mutex(table) }

    /// A snapshot of all that is stored.
    public var table: DocumentTable { guarded.withLock { $0 } }

    public func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        try guarded.withLock { table throws(StoreError) in
            try table.documents(ids, in: collection)
        }
    }

    public func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try guarded.withLock { table throws(StoreError) in try table.page(query) }
    }

    public func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try guarded.withLock { table throws(StoreError) in try table.commit(writes) }
    }
}
