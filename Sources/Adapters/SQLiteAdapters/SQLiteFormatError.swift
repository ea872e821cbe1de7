/// Why a file could not be opened as a document store.
public enum SQLiteFormatError: Error, Hashable, Sendable {
    /// A later release wrote the file; this one would not understand it.
    case newer(found: Int, supported: Int)
    /// The file is a database, but another program's.
    case foreign(applicationID: Int)
    /// The file cannot be opened, created or read as a database; the text says why.
    case unusable(path: String, reason: String)
}
