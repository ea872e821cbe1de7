/// A name within a collection, compared byte by byte.
///
/// `String` calls two spellings of one letter equal; a store must not.
struct ExactName: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Joins the two with a NUL, which neither contains.
    init(_ name: String, in collection: String) {
        var bytes = Array(collection.utf8)
        bytes.append(0)
        bytes.append(contentsOf: name.utf8)
        self.bytes = bytes
    }
}
