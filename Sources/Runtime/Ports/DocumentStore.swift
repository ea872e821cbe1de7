/// A service's own durable documents, with declared indexes and one atomic commit.
///
/// Every implementation gives the same answers in the same order; `Conformance` says so in
/// full. A read sees every commit that was acknowledged before it began.
public protocol DocumentStore: Sendable {
    /// The documents of `collection` with these ids; those that do not exist are missing from
    /// the answer.
    ///
    /// - Parameter ids: at most ``StoreLimits/batchCountMaximum``.
    func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument]

    /// One page of an index.
    func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage

    /// Applies all of `writes`, durably, or none of them.
    ///
    /// - Parameter writes: at most ``StoreLimits/batchCountMaximum``, each to another document.
    /// - Throws: ``StoreError/conflict(_:)`` when a document is not as expected (nothing was
    ///   written); ``StoreError/outcomeUnknown`` when it may or may not have been written.
    func commit(_ writes: [DocumentWrite]) async throws(StoreError)
}

/// Bounds that every store keeps.
public enum StoreLimits {
    /// Documents in one read or one commit.
    public static let batchCountMaximum = 1000
    /// Rows in one page.
    public static let pageCountMaximum = 500
    /// Bytes in one document's body.
    public static let documentByteCountMaximum = 1 << 20
    /// Bytes in one encoded index key.
    public static let keyByteCountMaximum = 512
    /// Keys of one document in all its indexes.
    public static let keyCountMaximum = 256
}

/// Names one document.
public struct DocumentKey: Hashable, Sendable {
    /// The collection, named by the service.
    public let collection: String
    /// The document's id in its collection.
    public let id: String

    /// Names a document.
    public init(collection: String, id: String) {
        self.collection = collection
        self.id = id
    }
}

/// A document as it was read.
public struct StoredDocument: Hashable, Sendable {
    /// The document's id in its collection.
    public let id: String
    /// 1 when it was first written, one more with each write since.
    public let version: Int64
    /// The BSON of the value.
    public let body: [UInt8]

    /// Describes a document that was read.
    public init(id: String, version: Int64, body: [UInt8]) {
        self.id = id
        self.version = version
        self.body = body
    }
}

/// One change in a commit.
public struct DocumentWrite: Hashable, Sendable {
    /// What must be true of the document for the commit to happen.
    public enum Expectation: Hashable, Sendable {
        /// It does not exist.
        case absent
        /// It exists and has this version.
        case version(Int64)
        /// Nothing: the write happens either way, its version one more than before.
        case anything
    }

    /// What becomes of the document.
    public enum Change: Hashable, Sendable {
        /// It has this body, and stands in these indexes under these keys.
        case put(body: [UInt8], keys: [IndexEntry])
        /// It exists no longer. A document of the same id written later starts at version 1.
        case delete
        /// Nothing: the commit only depends on it.
        case verify
    }

    /// The document.
    public let key: DocumentKey
    /// What must be true of it.
    public let expecting: Expectation
    /// What becomes of it.
    public let change: Change

    /// Describes one change.
    public init(_ key: DocumentKey, expecting: Expectation, _ change: Change) {
        self.key = key
        self.expecting = expecting
        self.change = change
    }
}
