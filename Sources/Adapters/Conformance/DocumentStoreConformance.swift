import Platform
import Ports

/// What every ``DocumentStore`` promises.
public enum DocumentStoreConformance {
    /// A store to be checked.
    public struct Subject: Sendable {
        /// The store; it is empty.
        public let store: any DocumentStore
        /// Starts what runs at the same time.
        public let tasks: any TaskStarter

        private let onReopen: @Sendable () async throws -> any DocumentStore

        /// Describes an empty store.
        ///
        /// - Parameter reopen: closes the store and opens what it left on disk; the first store
        ///   is not used again.
        public init(
            _ store: any DocumentStore, tasks: any TaskStarter,
            reopen: @escaping @Sendable () async throws -> any DocumentStore
        ) {
            self.store = store
            self.tasks = tasks
            onReopen = reopen
        }

        /// The same store after a restart.
        func reopened() async throws -> Subject {
            Subject(try await onReopen(), tasks: tasks, reopen: onReopen)
        }
    }

    /// All checks, each for a fresh subject.
    public static let checks: [Check<Subject>] =
        versions + deletions + atomicity + keyOrder + indexes + pages + changesBetweenPages
        + limits + concurrency + durability
}

extension DocumentStoreConformance.Subject {
    /// The collection that most checks use.
    static var collection: String { "things" }

    func put(
        _ id: String, _ text: String = "", expecting: DocumentWrite.Expectation = .anything,
        in collection: String = collection, keys: [IndexEntry] = []
    ) async throws(StoreError) {
        try await store.commit([
            .put(id, text, expecting: expecting, in: collection, keys: keys)
        ])
    }

    func delete(
        _ id: String, expecting: DocumentWrite.Expectation = .anything
    ) async throws(StoreError) {
        try await store.commit([.delete(id, expecting: expecting)])
    }

    func document(
        _ id: String, in collection: String = collection
    ) async throws(StoreError) -> StoredDocument? {
        try await store.documents([id], in: collection)[id]
    }

    /// The ids of a page that is expected to be the only one.
    func ids(
        _ index: String, _ prefix: IndexKey = [], in collection: String = collection,
        descending: Bool = false
    ) async throws -> [String] {
        let page = try await store.page(
            IndexQuery(
                index, in: collection, prefix: prefix, descending: descending,
                limit: StoreLimits.pageCountMaximum))
        try expect("where the next page begins", page.next, is: nil)
        return page.documents.map(\.id)
    }
}

extension DocumentWrite {
    static func put(
        _ id: String, _ text: String = "", expecting: Expectation = .anything,
        in collection: String = DocumentStoreConformance.Subject.collection,
        keys: [IndexEntry] = []
    ) -> Self {
        Self(
            DocumentKey(collection: collection, id: id), expecting: expecting,
            .put(body: Array(text.utf8), keys: keys))
    }

    static func delete(_ id: String, expecting: Expectation = .anything) -> Self {
        Self(.thing(id), expecting: expecting, .delete)
    }

    static func verify(_ id: String, expecting: Expectation) -> Self {
        Self(.thing(id), expecting: expecting, .verify)
    }
}

extension DocumentKey {
    /// A document of the collection that most checks use.
    static func thing(_ id: String) -> Self {
        Self(collection: DocumentStoreConformance.Subject.collection, id: id)
    }
}
