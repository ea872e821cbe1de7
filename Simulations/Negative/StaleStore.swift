import ClusterSimulator
import Platform
import Ports
import Synchronization

/// A store that answers reads of single documents of one collection from memory for a while.
final class StaleStore: DocumentStore {
    private struct Kept {
        var document: StoredDocument?
        var read: Duration
    }

    private let store: any DocumentStore
    private let clock: any NodeClock
    private let collection: String
    private let patience: Duration
    private let kept = Mutex<[String: Kept]>([:])

    init(
        _ store: any DocumentStore, _ node: SimulatedNode, _ collection: String,
        for patience: Duration
    ) {
        self.store = store
        self.collection = collection
        self.patience = patience
        clock = node.platform.clock
    }

    func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        guard collection == self.collection, ids.count == 1 else {
            return try await store.documents(ids, in: collection)
        }
        let now = clock.uptime
        if let known = kept.withLock({ $0[ids[0]] }), now - known.read < patience {
            return known.document.map { [ids[0]: $0] } ?? [:]
        }
        let found = try await store.documents(ids, in: collection)
        kept.withLock { $0[ids[0]] = Kept(document: found[ids[0]], read: now) }
        return found
    }

    func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try await store.page(query)
    }

    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try await store.commit(writes)
        kept.withLock { kept in
            for write in writes { kept[write.key.id] = nil }
        }
    }
}
