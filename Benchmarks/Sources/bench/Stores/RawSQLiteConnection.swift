import GRDBSQLite
import Ports

/// A connection with its statements prepared, used by one thread at a time.
final class RawSQLiteConnection: @unchecked Sendable {
    /// SQLite copies what it is bound to.
    private static var isCopied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    private let connection: OpaquePointer
    private let begin, end, version, put, places, document, pages: OpaquePointer

    init(_ path: String) throws {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK, let opened else {
            throw PeerFailure("SQLite cannot open \(path)")
        }
        connection = opened
        sqlite3_busy_timeout(opened, 5000)
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"
        guard sqlite3_exec(opened, settings, nil, nil, nil) == SQLITE_OK else {
            throw PeerFailure(sqlite: opened)
        }
        begin = try RawSQLiteConnection.prepare("BEGIN IMMEDIATE", opened)
        end = try RawSQLiteConnection.prepare("COMMIT", opened)
        version = try RawSQLiteConnection.prepare(Text.version, opened)
        put = try RawSQLiteConnection.prepare(Text.put, opened)
        places = try RawSQLiteConnection.prepare(Text.places, opened)
        document = try RawSQLiteConnection.prepare(Text.document, opened)
        pages = try RawSQLiteConnection.prepare(Text.page, opened)
    }

    /// The bytes of a document's body.
    func get(_ id: String) throws -> Int {
        bind(StoreContents.collection, document, 1)
        bind(id, document, 2)
        return try readBodies(document, column: 2)
    }

    /// The bytes of the bodies of a page.
    func page(group: Int) throws -> Int {
        bind(StoreContents.collection, pages, 1)
        bind(StoreContents.index, pages, 2)
        bind(StoreContents.prefix(group: group).bytes, pages, 3)
        bind(StoreContents.prefix(group: group + 1).bytes, pages, 4)
        sqlite3_bind_int64(pages, 5, Int64(StoreContents.pageCount + 1))
        return try readBodies(pages, column: 2)
    }

    /// Puts documents again by one transaction; their places in indexes stay.
    func commit(_ numbers: [Int], _ body: [UInt8]) throws {
        try run(begin)
        for number in numbers { try replace(StoreContents.id(number), body) }
        try run(end)
    }

    private func replace(_ id: String, _ body: [UInt8]) throws {
        for statement in [version, put, places] {
            bind(StoreContents.collection, statement, 1)
            bind(id, statement, 2)
        }
        guard sqlite3_step(version) == SQLITE_ROW else { throw PeerFailure(sqlite: connection) }
        sqlite3_bind_int64(put, 3, sqlite3_column_int64(version, 0) + 1)
        sqlite3_reset(version)
        bind(body, put, 4)
        try run(put)
        try run(places)
    }

    private func readBodies(_ statement: OpaquePointer, column: Int32) throws -> Int {
        defer { sqlite3_reset(statement) }
        var sum = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let count = Int(sqlite3_column_bytes(statement, column))
                let start = sqlite3_column_blob(statement, column)
                sum += [UInt8](UnsafeRawBufferPointer(start: start, count: count)).count
            case SQLITE_DONE: return sum
            default: throw PeerFailure(sqlite: connection)
            }
        }
    }

    /// Runs a statement to its end.
    private func run(_ statement: OpaquePointer) throws {
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return
            default: throw PeerFailure(sqlite: connection)
            }
        }
    }

    private func bind(_ text: String, _ statement: OpaquePointer, _ place: Int32) {
        sqlite3_bind_text(statement, place, text, -1, Self.isCopied)
    }

    private func bind(_ bytes: [UInt8], _ statement: OpaquePointer, _ place: Int32) {
        sqlite3_bind_blob(statement, place, bytes, Int32(bytes.count), Self.isCopied)
    }

    private static func prepare(_ text: String, _ db: OpaquePointer) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(db, text, -1, flags, &statement, nil) == SQLITE_OK,
            let statement
        else { throw PeerFailure(sqlite: db) }
        return statement
    }
}

/// The store's statements.
private enum Text {
    static let version =
        "SELECT version FROM documents WHERE collection = ? AND id = ?"
    static let places =
        "SELECT name, key FROM entries WHERE collection = ? AND id = ?"
    static let document =
        "SELECT id, version, body FROM documents WHERE collection = ? AND id = ?"
    static let put = """
        INSERT INTO documents (collection, id, version, body) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body
        """
    static let page = """
        SELECT documents.id, documents.version, documents.body, entries.key
        FROM entries CROSS JOIN documents
        ON documents.collection = entries.collection AND documents.id = entries.id
        WHERE entries.collection = ? AND entries.name = ? AND entries.key >= ? AND entries.key < ?
        ORDER BY entries.key ASC, entries.id ASC LIMIT ?
        """
}

extension PeerFailure {
    fileprivate init(sqlite db: OpaquePointer) {
        self.init("SQLite: \(String(cString: sqlite3_errmsg(db)))")
    }
}
