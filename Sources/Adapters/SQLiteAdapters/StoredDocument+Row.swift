import GRDB
import Ports

extension StoredDocument {
    /// Reads a row that begins with `id, version, body`.
    init(row: Row) throws {
        let body: BlobValue = try row.decode(atIndex: 2)
        self.init(
            id: try row.decode(atIndex: 0), version: try row.decode(atIndex: 1), body: body.bytes)
    }
}
