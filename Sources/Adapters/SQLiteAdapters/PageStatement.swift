import GRDB
import Ports

/// One page of an index as one query over one range of it.
struct PageStatement {
    private let query: IndexQuery

    init(_ query: IndexQuery) { self.query = query }

    /// The page; one row more is read to know whether it is the last.
    func fetch(_ db: Database) throws -> DocumentPage {
        guard let range = KeyRange(query) else {
            return DocumentPage(documents: [], next: nil)
        }
        let statement = try db.cachedStatement(sql: sql(range))
        let rows = try Row.fetchCursor(statement, arguments: arguments(range))
        var documents: [StoredDocument] = []
        var last: PageCursor?
        while let row = try rows.next() {
            guard documents.count < query.limit else {
                return DocumentPage(documents: documents, next: last)
            }
            documents.append(try StoredDocument(row: row))
            guard documents.count == query.limit else { continue }
            let key: BlobValue = try row.decode(atIndex: 3)
            last = PageCursor(keyBytes: key.bytes, id: try row.decode(atIndex: 0))
        }
        return DocumentPage(documents: documents, next: nil)
    }

    /// `CROSS JOIN` keeps the index as the outer loop, so that its order needs no sorting.
    func sql(_ range: KeyRange) -> String {
        let order = query.descending ? "DESC" : "ASC"
        return """
            SELECT documents.id, documents.version, documents.body, entries.key
            FROM entries CROSS JOIN documents
            ON documents.collection = entries.collection AND documents.id = entries.id
            WHERE entries.collection = ? AND entries.name = ? \(range.condition)
            ORDER BY entries.key \(order), entries.id \(order) LIMIT ?
            """
    }

    private func arguments(_ range: KeyRange) -> StatementArguments {
        StatementArguments([query.collection, query.index]) + range.arguments
            + StatementArguments([query.limit + 1])
    }
}
