import Ports

/// One page of an index as one pipeline over one range of `entries`.
struct PageQuestion {
    private let query: IndexQuery
    private let form: DocumentForm

    init(_ query: IndexQuery, _ form: DocumentForm) {
        self.query = query
        self.form = form
    }

    /// The page; one row more is read to know whether it is the last.
    func ask(_ connection: MongoConnection) throws -> DocumentPage {
        guard let range = EntryRange(query) else { return DocumentPage(documents: [], next: nil) }
        var documents: [StoredDocument] = []
        var last: PageCursor?
        var isLast = true
        try connection.aggregate(
            FieldWriter.document { addPipeline(range, to: &$0) }, in: form.entries,
            options: { $0.add("batchSize", query.limit + 1) }
        ) { row in
            guard documents.count < query.limit else {
                isLast = false
                return
            }
            guard let found = try row.required("f").document.values.first else {
                throw StoreError.corrupt("an index names a document that is not there")
            }
            documents.append(try DocumentForm.document(found.document))
            if documents.count == query.limit { last = try cursor(row) }
        }
        return DocumentPage(documents: documents, next: isLast ? nil : last)
    }

    /// The server joins within the snapshot, so a page is of one moment.
    func addPipeline(_ range: EntryRange, to fields: inout FieldWriter) {
        let match = FieldWriter.document { fields in
            fields.add("$match") { $0.add("_id") { range.addBounds(to: &$0) } }
        }
        let sort = FieldWriter.document { fields in
            fields.add("$sort") { $0.add("_id", query.descending ? -1 : 1) }
        }
        let limit = FieldWriter.document { $0.add("$limit", query.limit + 1) }
        let join = FieldWriter.document { fields in
            fields.add("$lookup") {
                $0.add("from", form.documents.name)
                $0.add("localField", "_id.d")
                $0.add("foreignField", "_id")
                $0.add("as", "f")
            }
        }
        fields.add("pipeline", documents: [match, sort, limit, join])
    }

    private func cursor(_ row: ReplyDocument) throws(ReplyError) -> PageCursor {
        let id = try row.required("_id").document
        let place = try id.required("e").document
        return PageCursor(
            keyBytes: try KeyText.keyBytes(place.required("k").text),
            id: try id.required("d").document.required("i").text)
    }
}
