import GRDB
import Ports

extension StoreError {
    /// What an error of SQLite before `COMMIT` means: nothing was written.
    init(sqlite error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case is RowDecodingError: self = .corrupt("a row of the database has another form")
        default: self = .unavailable
        }
    }

    /// What an error of `COMMIT` means: after one of the disk, nobody knows what it holds.
    init(commit error: any Error) {
        guard let error = error as? DatabaseError, error.resultCode == .SQLITE_IOERR else {
            self.init(sqlite: error)
            return
        }
        self = .outcomeUnknown
    }

    private init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .corrupt("database: \(error.extendedResultCode)")
        default: self = .unavailable
        }
    }
}
