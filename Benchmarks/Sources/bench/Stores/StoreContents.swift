import BSON
import Ports
import Synchronization

/// What the stores hold: documents in groups, each group a page of an index.
final class StoreContents: Sendable {
    static let collection = "papers"
    static let index = "by-group"
    static let documentCount = 10_000
    static let pageCount = 20
    static let groupCount = documentCount / pageCount
    /// Documents in one commit while a store is filled.
    private static let fillingCount = 500
    /// It shares no divisor with the number of documents, so each has its turn.
    private static let stride = 7919

    let body: [UInt8]
    private let count = Atomic<Int>(0)

    init() throws { body = try BSONEncoder().encode(Paper.sample) }

    static func id(_ number: Int) -> String { "paper-\(documentCount + number)" }

    static func prefix(group: Int) -> IndexKey { [.integer(Int64(group))] }

    static func key(_ number: Int) -> IndexKey {
        [.integer(Int64(number / pageCount)), .text(id(number))]
    }

    /// The page that a document stands on.
    static func query(_ number: Int) -> IndexQuery {
        IndexQuery(
            index, in: collection, prefix: prefix(group: number / pageCount), limit: pageCount)
    }

    /// The document whose turn it is: all have theirs before one has its next, so that those in
    /// flight differ.
    func nextNumber() -> Int {
        let count = count.wrappingAdd(1, ordering: .relaxed).oldValue
        return count % Self.documentCount * Self.stride % Self.documentCount
    }

    /// Puts a document where it stands already.
    func write(_ number: Int) -> DocumentWrite {
        DocumentWrite(
            DocumentKey(collection: Self.collection, id: Self.id(number)), expecting: .anything,
            .put(
                body: body, keys: [IndexEntry(index: Self.index, key: Self.key(number))]))
    }

    /// Puts all documents into a store that is empty.
    func fill(_ store: any DocumentStore) async throws {
        for start in Swift.stride(from: 0, to: Self.documentCount, by: Self.fillingCount) {
            try await store.commit((start..<start + Self.fillingCount).map(write))
        }
    }
}
