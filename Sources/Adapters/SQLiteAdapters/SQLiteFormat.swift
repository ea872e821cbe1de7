import GRDB

/// The stored form of a document store, and how an older one becomes the present one.
enum SQLiteFormat {
    /// Marks the file as ours in its header: `STAR`.
    static let applicationID = 0x5354_4152

    /// Step n turns version n into version n + 1; a new version is one more element.
    private static let migrations: [@Sendable (Database) throws -> Void] = [createTables]

    /// The version that this release writes.
    static var version: Int { migrations.count }

    /// Refuses a newer file and another program's; it changes nothing.
    static func check(_ db: Database) throws {
        let found = try number(db, "PRAGMA user_version")
        try checkOwner(db, version: found)
        guard found <= version else {
            throw SQLiteFormatError.newer(found: found, supported: version)
        }
    }

    /// Brings a checked file to the present version.
    static func migrate(_ db: Database) throws {
        let found = try number(db, "PRAGMA user_version")
        guard found < version else { return }
        try db.inTransaction(.immediate) {
            for step in migrations[found...] { try step(db) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    /// Only a database without any table may become ours.
    private static func checkOwner(_ db: Database, version: Int) throws {
        let owner = try number(db, "PRAGMA application_id")
        if owner == applicationID { return }
        let tableCount = try number(db, "SELECT COUNT(*) FROM sqlite_master")
        guard owner == 0, version == 0, tableCount == 0 else {
            throw SQLiteFormatError.foreign(applicationID: owner)
        }
    }

    private static func number(_ db: Database, _ sql: String) throws -> Int {
        try Int.fetchOne(db, sql: sql) ?? 0
    }

    @Sendable private static func createTables(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE documents (
                    collection TEXT NOT NULL,
                    id TEXT NOT NULL,
                    version INTEGER NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (collection, id)
                ) WITHOUT ROWID;
                CREATE TABLE entries (
                    collection TEXT NOT NULL,
                    name TEXT NOT NULL,
                    key BLOB NOT NULL,
                    id TEXT NOT NULL,
                    PRIMARY KEY (collection, name, key, id)
                ) WITHOUT ROWID;
                CREATE INDEX entries_by_document ON entries (collection, id);
                """)
    }
}
