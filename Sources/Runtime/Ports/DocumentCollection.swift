import BSON

/// A kind of document: its name, its value's type, and the indexes it stands in.
public struct DocumentCollection<Value: Codable & Sendable>: Sendable {
    /// The collection's name in its service's store.
    public let name: String
    /// The places of a value in the collection's indexes.
    public let entries: @Sendable (Value) -> [IndexEntry]

    /// Declares a collection.
    public init(_ name: String, entries: @escaping @Sendable (Value) -> [IndexEntry] = { _ in [] })
    {
        self.name = name
        self.entries = entries
    }

    /// The change that stores `value`.
    public func write(
        _ value: Value, id: String, expecting: DocumentWrite.Expectation
    ) throws -> DocumentWrite {
        let body = try BSONEncoder().encode(value)
        return DocumentWrite(
            DocumentKey(collection: name, id: id), expecting: expecting,
            .put(body: body, keys: entries(value)))
    }

    /// The value of a document that was read.
    public func decode(_ document: StoredDocument) throws(StoreError) -> Versioned<Value> {
        do {
            let value = try BSONDecoder().decode(Value.self, from: document.body)
            return Versioned(id: document.id, version: document.version, value: value)
        } catch {
            throw .corrupt("\(name)/\(document.id) is not of its collection's form")
        }
    }
}

/// A value as it was read, with what a later write must expect.
public struct Versioned<Value: Sendable>: Sendable {
    /// The document's id.
    public let id: String
    /// The document's version.
    public let version: Int64
    /// The value.
    public let value: Value

    /// Describes a value that was read.
    public init(id: String, version: Int64, value: Value) {
        self.id = id
        self.version = version
        self.value = value
    }
}

/// One page of values.
public struct Page<Value: Sendable>: Sendable {
    /// The values in the index's order.
    public let items: [Versioned<Value>]
    /// Where the next page begins; nil when this is the last.
    public let next: PageCursor?

    /// Describes a page.
    public init(items: [Versioned<Value>], next: PageCursor?) {
        self.items = items
        self.next = next
    }
}

extension DocumentStore {
    /// The document of this id, or nil.
    public func read<Value>(
        _ id: String, in collection: DocumentCollection<Value>
    ) async throws(StoreError) -> Versioned<Value>? {
        try await read([id], in: collection)[id]
    }

    /// The documents of these ids; those that do not exist are missing.
    public func read<Value>(
        _ ids: [String], in collection: DocumentCollection<Value>
    ) async throws(StoreError) -> [String: Versioned<Value>] {
        var values: [String: Versioned<Value>] = [:]
        for (id, document) in try await documents(ids, in: collection.name) {
            values[id] = try collection.decode(document)
        }
        return values
    }

    /// One page of an index of a collection.
    public func page<Value>(
        _ index: String, in collection: DocumentCollection<Value>, prefix: IndexKey,
        descending: Bool = false, after: PageCursor? = nil, limit: Int
    ) async throws(StoreError) -> Page<Value> {
        let page = try await page(
            IndexQuery(
                index, in: collection.name, prefix: prefix, descending: descending, after: after,
                limit: limit))
        var items: [Versioned<Value>] = []
        items.reserveCapacity(page.documents.count)
        for document in page.documents { items.append(try collection.decode(document)) }
        return Page(items: items, next: page.next)
    }
}
