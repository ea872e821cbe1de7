/// A question to an index: an equality prefix, an order, where to go on, how many.
public struct IndexQuery: Hashable, Sendable {
    /// The collection.
    public let collection: String
    /// The index, named within its collection.
    public let index: String
    /// The parts that every key found begins with.
    public let prefix: IndexKey
    /// Whether the greatest key comes first; equal keys are then in falling order of id too.
    public let descending: Bool
    /// Go on after this place; nil to begin.
    public let after: PageCursor?
    /// How many documents at most, 1 to ``StoreLimits/pageCountMaximum``.
    public let limit: Int

    /// Describes a question to an index.
    public init(
        _ index: String, in collection: String, prefix: IndexKey, descending: Bool = false,
        after: PageCursor? = nil, limit: Int
    ) {
        self.collection = collection
        self.index = index
        self.prefix = prefix
        self.descending = descending
        self.after = after
        self.limit = limit
    }
}

/// A place in an index: behind one document's key.
public struct PageCursor: Hashable, Sendable {
    /// The encoded key.
    public let keyBytes: [UInt8]
    /// The document's id.
    public let id: String

    /// A place behind a document's key.
    public init(keyBytes: [UInt8], id: String) {
        self.keyBytes = keyBytes
        self.id = id
    }
}

/// One page of an index, in its order.
public struct DocumentPage: Hashable, Sendable {
    /// The documents. One with several matching keys stands there once for each.
    public let documents: [StoredDocument]
    /// Where the next page begins; nil when this is the last.
    public let next: PageCursor?

    /// Describes a page.
    public init(documents: [StoredDocument], next: PageCursor?) {
        self.documents = documents
        self.next = next
    }
}
