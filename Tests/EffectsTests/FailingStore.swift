import Ports

/// A store that fails when it is told to, and remembers what it was told to write.
final class FailingStore: DocumentStore, @unchecked Sendable {
    /// What becomes of one operation.
    enum Fate: CaseIterable {
        /// It is refused and not done.
        case unavailable
        /// It is not done, and nobody can say so.
        case lostBefore
        /// It is done, and nobody can say so.
        case lostAfter
    }

    /// The fates of operations by their number, from 1; the others are done.
    var fates: [Int: Fate] = [:]
    /// Whether every commit finds that another came first.
    var conflicts = false
    /// How many operations there were.
    private(set) var operationCount = 0
    /// All that was to be written, in order.
    private(set) var commits: [[DocumentWrite]] = []

    private let store: any DocumentStore

    init(_ store: any DocumentStore) { self.store = store }

    func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        if next() != nil { throw .unavailable }
        return try await store.documents(ids, in: collection)
    }

    func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        if next() != nil { throw .unavailable }
        return try await store.page(query)
    }

    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        commits.append(writes)
        if conflicts { throw .conflict(writes[0].key) }
        switch next() {
        case nil: try await store.commit(writes)
        case .unavailable: throw .unavailable
        case .lostBefore: throw .outcomeUnknown
        case .lostAfter:
            try await store.commit(writes)
            throw .outcomeUnknown
        }
    }

    private func next() -> Fate? {
        operationCount += 1
        return fates[operationCount]
    }
}
