import GRDB
import Ports

/// The statements on single documents, prepared once for each connection.
struct DocumentStatements {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// The documents with these ids, as far as they exist.
    func documents(
        _ ids: [String], in collection: String
    ) throws -> [String: StoredDocument] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, version, body FROM documents WHERE collection = ? AND id = ?")
        var found: [String: StoredDocument] = [:]
        for id in ids {
            let rows = try Row.fetchCursor(statement, arguments: [collection, id])
            found[id] = try rows.next().map(StoredDocument.init(row:))
        }
        return found
    }

    /// A document's version; nil when it does not exist.
    func version(of key: DocumentKey) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: "SELECT version FROM documents WHERE collection = ? AND id = ?")
        return try Int64.fetchOne(statement, arguments: [key.collection, key.id])
    }

    /// Changes a document that has this version now, nil when it does not exist.
    func apply(
        _ change: DocumentWrite.Change, to key: DocumentKey, version: Int64?
    ) throws {
        switch change {
        case .verify: break
        case .delete:
            guard version != nil else { return }
            try run(
                "DELETE FROM documents WHERE collection = ? AND id = ?",
                [key.collection, key.id])
            try replacePlaces(of: key, by: [])
        case .put(let body, let keys):
            try put(body, key, version: (version ?? 0) + 1)
            let places = Set(keys.map { IndexPlace(index: $0.index, key: BlobValue($0.key.bytes)) })
            if version == nil {
                for place in places { try insert(place, key) }
            } else {
                try replacePlaces(of: key, by: places)
            }
        }
    }

    private func put(_ body: [UInt8], _ key: DocumentKey, version: Int64) throws {
        try run(
            """
            INSERT INTO documents (collection, id, version, body)
            VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body
            """,
            [key.collection, key.id, version, BlobValue(body)])
    }

    /// Writes only what differs: most documents keep most of their keys.
    private func replacePlaces(of key: DocumentKey, by places: Set<IndexPlace>) throws {
        let statement = try db.cachedStatement(
            sql: "SELECT name, key FROM entries WHERE collection = ? AND id = ?")
        let rows = try Row.fetchAll(statement, arguments: [key.collection, key.id])
        let old = Set(try rows.map(IndexPlace.init(row:)))
        for place in old.subtracting(places) { try delete(place, key) }
        for place in places.subtracting(old) { try insert(place, key) }
    }

    private func insert(_ place: IndexPlace, _ key: DocumentKey) throws {
        try run(
            "INSERT INTO entries (collection, name, key, id) VALUES (?, ?, ?, ?)",
            [key.collection, place.index, place.key, key.id])
    }

    private func delete(_ place: IndexPlace, _ key: DocumentKey) throws {
        try run(
            "DELETE FROM entries WHERE collection = ? AND name = ? AND key = ? AND id = ?",
            [key.collection, place.index, place.key, key.id])
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
