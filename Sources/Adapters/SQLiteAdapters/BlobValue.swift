import FoundationEssentials
import GRDB
import GRDBSQLite

/// Bytes as a BLOB; equal when all bytes are.
struct BlobValue: Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension BlobValue: DatabaseValueConvertible, StatementColumnConvertible {
    /// Copies a column once.
    init(sqliteStatement: SQLiteStatement, index: CInt) {
        let start = sqlite3_column_blob(sqliteStatement, index)
        let count = Int(sqlite3_column_bytes(sqliteStatement, index))
        self.init([UInt8](UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
    }

    var databaseValue: DatabaseValue { Data(bytes).databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Self? {
        Data.fromDatabaseValue(value).map { Self([UInt8]($0)) }
    }
}
