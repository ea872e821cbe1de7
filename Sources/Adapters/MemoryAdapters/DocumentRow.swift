import Ports

/// A document as the table keeps it.
struct DocumentRow: Hashable, Sendable {
    /// 1 when it was first written, one more with each write since.
    let version: Int64
    /// The BSON of the value.
    let body: [UInt8]
    /// Where it stands in its collection's indexes.
    let places: Set<IndexPlace>
}

/// A document's place in one index, its key encoded; equal when all bytes are.
struct IndexPlace: Hashable, Sendable {
    /// The index, named within its collection.
    let index: String
    /// The encoded key.
    let keyBytes: [UInt8]

    init(_ entry: IndexEntry) {
        index = entry.index
        keyBytes = entry.key.bytes
    }

    static func == (left: Self, right: Self) -> Bool {
        left.keyBytes == right.keyBytes && left.index.utf8.elementsEqual(right.index.utf8)
    }
}
