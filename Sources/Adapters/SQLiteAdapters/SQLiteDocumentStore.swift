import GRDB
import Glibc
import Ports

/// A document store in one SQLite file, each commit on disk before it is acknowledged.
///
/// The file is in WAL mode with `synchronous=FULL`; commits that wait at the same time share
/// one transaction and its one `fsync`. One process opens a file at a time.
///
/// Reads run on the calling thread: most find their pages in memory, which takes less
/// than a change of the thread, and no reader ever waits for a writer.
public final class SQLiteDocumentStore: DocumentStore {
    /// How long a connection waits for another one's lock.
    private static let busyTimeoutSeconds = 5.0
    /// Connections that read at the same time.
    private static let readerCount = 4

    private let writer: DatabaseQueue
    private let readers: ReadConnections
    private let commits: CommitGroup

    /// Opens or creates the file at `path`, and brings an older format to the present one.
    ///
    /// It blocks the calling thread, so it belongs at the start of a program.
    public init(path: String) throws(SQLiteFormatError) {
        Self.createPrivately(path)
        do {
            writer = try DatabaseQueue(path: path, configuration: Self.configuration)
            try writer.writeWithoutTransaction { db in
                try SQLiteFormat.migrate(db)
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            readers = try ReadConnections(
                path, count: Self.readerCount, configuration: Self.configuration)
        } catch let error as SQLiteFormatError {
            throw error
        } catch {
            throw .unusable(path: path, reason: "\(error)")
        }
        commits = CommitGroup(writer)
    }

    /// Closes the file; every later operation is unavailable.
    public func close() throws {
        try readers.close()
        try writer.close()
    }

    /// The writer's `PRAGMA synchronous`: 2 is FULL.
    var synchronousMode: Int? {
        get throws {
            try writer.writeWithoutTransaction { db in
                try Int.fetchOne(db, sql: "PRAGMA synchronous")
            }
        }
    }

    public func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        try StoreLimits.check(ids, in: collection)
        return try read(statementCount: ids.count) { db in
            try DocumentStatements(db).documents(ids, in: collection)
        }
    }

    public func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try StoreLimits.check(query)
        return try read(statementCount: 1) { try PageStatement(query).fetch($0) }
    }

    public func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try StoreLimits.check(writes)
        try await commits.commit(writes)
    }

    private func read<Value>(
        statementCount: Int, _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try readers.read(statementCount: statementCount, body)
        } catch {
            throw StoreError(sqlite: error)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "documents"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.journalMode = .wal
        configuration.prepareDatabase { db in try SQLiteFormat.check(db) }
        return configuration
    }

    /// Creates the file with mode 0600, which SQLite gives its companions too.
    ///
    /// A failure shows when the database is opened.
    private static func createPrivately(_ path: String) {
        let descriptor = Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 { Glibc.close(descriptor) }
    }
}
