import Ports

/// One document's place in an index.
struct IndexRow: Hashable, Sendable {
    /// The encoded key.
    let keyBytes: [UInt8]
    /// The document's id.
    let id: String
}

extension IndexRow: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        if left.keyBytes != right.keyBytes {
            return left.keyBytes.lexicographicallyPrecedes(right.keyBytes)
        }
        return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }

    static func == (left: Self, right: Self) -> Bool {
        left.keyBytes == right.keyBytes && left.id.utf8.elementsEqual(right.id.utf8)
    }
}
