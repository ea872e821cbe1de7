import GRDB

/// A document's place in one index, its key encoded; equal when all bytes are.
struct IndexPlace: Hashable {
    /// The index, named within its collection.
    let index: String
    /// The encoded key.
    let key: BlobValue

    static func == (left: Self, right: Self) -> Bool {
        left.key == right.key && left.index.utf8.elementsEqual(right.index.utf8)
    }
}

extension IndexPlace {
    /// Reads a row of `name, key`.
    init(row: Row) throws {
        index = try row.decode(atIndex: 0)
        key = try row.decode(atIndex: 1)
    }
}
