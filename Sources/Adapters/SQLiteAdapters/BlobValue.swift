import FoundationEssentials
import GRDB

/// Bytes as a BLOB; equal when all bytes are.
struct BlobValue: Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension BlobValue: DatabaseValueConvertible {
    var databaseValue: DatabaseValue { Data(bytes).databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Self? {
        Data.fromDatabaseValue(value).map { Self([UInt8]($0)) }
    }
}
