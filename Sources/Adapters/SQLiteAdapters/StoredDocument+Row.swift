import GRDB
import Ports

extension StoredDocument {
    /// Reads a row that begins with `id, version, body`; the body is copied once, and is
    /// in no row `NULL`.
    init(row: Row) throws {
        self.init(
            id: try row.decode(atIndex: 0), version: try row.decode(atIndex: 1),
            body: try row.withUnsafeData(atIndex: 2) { $0.map { [UInt8]($0) } ?? [] })
    }
}
