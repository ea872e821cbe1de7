/// Why a database could not be opened as a store.
public enum MongoOpenError: Error, Hashable, Sendable {
    /// No primary was found in time, or too much other work waits: try again later.
    case unavailable
    /// A later release wrote the database; this one would not understand it.
    case newer(found: Int, supported: Int)
    /// The database has collections of the store's names that are another program's.
    case foreign(database: String)
    /// The connection string or the server is not fit for a store; the text says why.
    case unusable(reason: String)
}
