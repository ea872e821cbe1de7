import Effects
import MemoryAdapters
import Ports
import Synchronization

/// A store in memory that remembers all that was ever written.
final class RecordingDocumentStore: DocumentStore {
    private struct State {
        var table = DocumentTable()
        var effects = DocumentTable()
        var writes: [DocumentWrite] = []
        var isAway = false

        func requirePresence() throws(StoreError) {
            if isAway { throw StoreError.unavailable }
        }
    }

    private let guarded = Mutex(State())

    /// Whether the store answers nothing.
    var isAway: Bool {
        get { guarded.withLock { $0.isAway } }
        set { guarded.withLock { $0.isAway = newValue } }
    }

    /// All that is stored.
    var table: DocumentTable { guarded.withLock { $0.table } }

    /// What is stored but for how commands were answered: equal when nothing was changed.
    var effects: DocumentTable { guarded.withLock { $0.effects } }

    /// All that was ever written, in order.
    var writes: [DocumentWrite] { guarded.withLock { $0.writes } }

    func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        try guarded.withLock { state throws(StoreError) in
            try state.requirePresence()
            return try state.table.documents(ids, in: collection)
        }
    }

    func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try guarded.withLock { state throws(StoreError) in
            try state.requirePresence()
            return try state.table.page(query)
        }
    }

    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try guarded.withLock { state throws(StoreError) in
            try state.requirePresence()
            try state.table.commit(writes)
            state.writes += writes
            let effects = writes.filter { $0.key.collection != EffectsCollection.idempotency }
            try state.effects.commit(
                effects.map { DocumentWrite($0.key, expecting: .anything, $0.change) })
        }
    }

    /// The collections in which a written body, name or key holds `text`.
    func collections(holding text: String) -> Set<String> {
        let pattern = Array(text.utf8)
        return Set(
            writes.filter { write in
                Self.bytes(of: write).contains { bytes in
                    bytes.indices.contains { bytes[$0...].starts(with: pattern) }
                }
            }.map(\.key.collection))
    }

    private static func bytes(of write: DocumentWrite) -> [[UInt8]] {
        switch write.change {
        case .put(let body, let keys):
            [Array(write.key.id.utf8), body] + keys.map(\.key.bytes)
        case .delete, .verify: [Array(write.key.id.utf8)]
        }
    }
}
