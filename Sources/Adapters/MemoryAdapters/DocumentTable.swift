import Ports

/// The documents and indexes of one store as a plain value: what ``MemoryDocumentStore`` guards.
///
/// It is the reference for every other store, and being a value it can be kept as a snapshot.
public struct DocumentTable: Hashable, Sendable {
    private var rows: [ExactName: DocumentRow] = [:]
    private var indexes: [ExactName: SortedRows] = [:]

    /// An empty table.
    public init() {}

    /// The documents of `collection` with these ids, as far as they exist.
    public func documents(
        _ ids: [String], in collection: String
    ) throws(StoreError) -> [String: StoredDocument] {
        try StoreLimits.check(ids, in: collection)
        var found: [String: StoredDocument] = [:]
        for id in ids { found[id] = document(id, in: collection) }
        return found
    }

    /// One page of an index.
    public func page(_ query: IndexQuery) throws(StoreError) -> DocumentPage {
        try StoreLimits.check(query)
        guard let index = indexes[ExactName(query.index, in: query.collection)] else {
            return DocumentPage(documents: [], next: nil)
        }
        let range = index.range(of: query)
        let found: [IndexRow] =
            query.descending
            ? index.rows[range].suffix(query.limit).reversed()
            : Array(index.rows[range].prefix(query.limit))
        var next: PageCursor?
        if range.count > query.limit, let last = found.last {
            next = PageCursor(keyBytes: last.keyBytes, id: last.id)
        }
        return DocumentPage(
            documents: found.compactMap { document($0.id, in: query.collection) }, next: next)
    }

    /// Applies all of `writes` or none of them.
    public mutating func commit(_ writes: [DocumentWrite]) throws(StoreError) {
        try StoreLimits.check(writes)
        for write in writes where !isAsExpected(write) { throw .conflict(write.key) }
        for write in writes { apply(write) }
    }

    private func document(_ id: String, in collection: String) -> StoredDocument? {
        rows[ExactName(id, in: collection)].map {
            StoredDocument(id: id, version: $0.version, body: $0.body)
        }
    }

    private func isAsExpected(_ write: DocumentWrite) -> Bool {
        let version = rows[ExactName(write.key.id, in: write.key.collection)]?.version
        return switch write.expecting {
        case .absent: version == nil
        case .version(let expected): version == expected
        case .anything: true
        }
    }

    private mutating func apply(_ write: DocumentWrite) {
        let name = ExactName(write.key.id, in: write.key.collection)
        let old = rows[name]
        switch write.change {
        case .verify: break
        case .delete:
            rows[name] = nil
            reindex(write.key, from: old?.places ?? [], to: [])
        case .put(let body, let keys):
            let places = Set(keys.map(IndexPlace.init))
            rows[name] = DocumentRow(
                version: (old?.version ?? 0) + 1, body: body, places: places)
            reindex(write.key, from: old?.places ?? [], to: places)
        }
    }

    private mutating func reindex(
        _ key: DocumentKey, from old: Set<IndexPlace>, to new: Set<IndexPlace>
    ) {
        for place in old.subtracting(new) {
            let name = ExactName(place.index, in: key.collection)
            indexes[name]?.remove(IndexRow(keyBytes: place.keyBytes, id: key.id))
            if indexes[name]?.rows.isEmpty == true { indexes[name] = nil }
        }
        for place in new.subtracting(old) {
            indexes[ExactName(place.index, in: key.collection), default: SortedRows()]
                .insert(IndexRow(keyBytes: place.keyBytes, id: key.id))
        }
    }
}
