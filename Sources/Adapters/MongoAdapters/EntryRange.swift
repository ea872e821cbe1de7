import Ports

/// The rows of `entries` that a question asks for, as one bound on each side.
struct EntryRange {
    private let query: IndexQuery
    /// The question's cursor, when it lies within its prefix.
    private let after: PageCursor?

    /// The range of a question; nil when its cursor lies behind all that it asks for.
    init?(_ query: IndexQuery) {
        self.query = query
        let prefix = query.prefix.bytes
        guard let after = query.after, !after.keyBytes.starts(with: prefix) else {
            self.after = query.after
            return
        }
        let isBelow = after.keyBytes.lexicographicallyPrecedes(prefix)
        guard isBelow != query.descending else { return nil }
        self.after = nil
    }

    /// Adds the bounds as conditions on `_id`; the cursor takes the prefix's place on its side.
    func addBounds(to fields: inout FieldWriter) {
        let prefix = query.prefix.bytes
        if let after {
            fields.add(query.descending ? "$lt" : "$gt") { fields in
                addPlace(KeyText(after.keyBytes), to: &fields)
                let id = DocumentForm.documentID(after.id, in: query.collection)
                fields.add("d", document: id)
            }
        }
        if after == nil || query.descending {
            fields.add("$gte") { addPlace(KeyText(prefix), to: &$0) }
        }
        if after == nil || !query.descending {
            fields.add("$lt") { addPlace(KeyText(behind: prefix), to: &$0) }
        }
    }

    private func addPlace(_ key: KeyText, to fields: inout FieldWriter) {
        fields.add("c", query.collection)
        fields.add("e") {
            $0.add("n", query.index)
            $0.add("k", utf8: key.utf8)
        }
    }
}
