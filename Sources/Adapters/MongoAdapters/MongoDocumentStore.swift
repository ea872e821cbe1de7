import Ports

/// A document store in one database of a MongoDB replica set.
///
/// A commit is one transaction, acknowledged when a majority has it on disk; commits that wait at
/// the same time share it. A read is of one snapshot that a majority has, no older than any
/// commit that a primary of this replica set acknowledged before; the exception is a primary that
/// lost its majority and has not noticed yet, which may answer from before its successor.
public final class MongoDocumentStore: DocumentStore {
    private let clients: MongoClients
    private let form: DocumentForm
    private let commits: CommitGroup

    /// Opens or creates the store, and brings an older format to the present one.
    public init(database: String, clients: MongoClients) async throws(MongoOpenError) {
        try await MongoFormat.documents.open(database, clients)
        self.clients = clients
        form = DocumentForm(database: database)
        commits = CommitGroup(clients, form)
    }

    public func documents(
        _ ids: [String], in collection: String
    ) async throws(StoreError) -> [String: StoredDocument] {
        try StoreLimits.check(ids, in: collection)
        guard !ids.isEmpty else { return [:] }
        return try await clients.store("documents.get") { [form] connection in
            let filter = FieldWriter.document {
                $0.add(ids: ids.map { DocumentForm.documentID($0, in: collection) })
            }
            var found: [String: StoredDocument] = [:]
            try connection.find(filter, in: form.documents) {
                $0.add("projection") { $0.add("k", false) }
                $0.add("batchSize", ids.count + 1)
            } _: { row in
                let document = try DocumentForm.document(row)
                found[document.id] = document
            }
            return found
        }
    }

    public func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
        try StoreLimits.check(query)
        return try await clients.store("documents.page") { [form] connection in
            try PageQuestion(query, form).ask(connection)
        }
    }

    public func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        try StoreLimits.check(writes)
        guard !writes.isEmpty else { return }
        try await commits.commit(writes)
    }
}
