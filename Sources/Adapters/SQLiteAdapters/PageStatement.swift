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
        var rows = try Row.fetchAll(statement, arguments: arguments(range))
        var next: PageCursor?
        if rows.count > query.limit {
            rows.removeLast()
            next = try rows.last.map { row in
                let key: BlobValue = try row.decode(atIndex: 3)
                return PageCursor(keyBytes: key.bytes, id: try row.decode(atIndex: 0))
            }
        }
        return DocumentPage(documents: try rows.map(StoredDocument.init(row:)), next: next)
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
