import CMongo

/// libmongoc alone, on the collections of a ``MongoDocumentStore``: a client for each piece of
/// work in flight, a session for each piece, reads of a snapshot, a transaction for each commit.
struct RawMongo: RawStore, @unchecked Sendable {
    private let pool: OpaquePointer
    private let database: String
    private let documents: MongoDocuments
    private let contents: StoreContents
    private let threads: BlockingThreads

    init(uri: String, database: String, contents: StoreContents, threadCount: Int) throws {
        self.database = database
        self.contents = contents
        documents = try MongoDocuments(contents)
        threads = BlockingThreads(countMaximum: threadCount)
        guard let address = mongoc_uri_new(uri) else { throw PeerFailure("no connection string") }
        defer { mongoc_uri_destroy(address) }
        let majority = mongoc_write_concern_new()
        mongoc_write_concern_set_wmajority(majority, Int32(MongoDocuments.timeMilliseconds))
        mongoc_uri_set_write_concern(address, majority)
        mongoc_write_concern_destroy(majority)
        guard let pool = mongoc_client_pool_new(address) else { throw PeerFailure("no clients") }
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        self.pool = pool
    }

    func run(_ work: StoreWork, _ count: Int, _ width: Int) async throws -> Int {
        try await threads.sum(count, width) { _, share in
            guard let client = mongoc_client_pool_pop(pool) else { throw PeerFailure("no client") }
            defer { mongoc_client_pool_push(pool, client) }
            var sum = 0
            for _ in 0..<share { sum += try self.run(work, client) }
            return sum
        }
    }

    private func run(_ work: StoreWork, _ client: OpaquePointer) throws -> Int {
        var error = bson_error_t()
        guard let session = mongoc_client_start_session(client, nil, &error) else {
            throw PeerFailure(mongo: error)
        }
        defer { mongoc_client_session_destroy(session) }
        let number = contents.nextNumber()
        switch work {
        case .get:
            return try find(number, documents.getOptions, client, session)
        case .page:
            let pipeline = documents.pipelines[number / StoreContents.pageCount]
            return try read("entries", documents.pageOptions, client, session) {
                mongoc_collection_aggregate($0, MONGOC_QUERY_NONE, pipeline, $1, nil)
            }
        case .commit: return try commit(number, client, session)
        }
    }

    private func find(
        _ number: Int, _ options: OpaquePointer, _ client: OpaquePointer, _ session: OpaquePointer
    ) throws -> Int {
        try read("documents", options, client, session) {
            mongoc_collection_find_with_opts($0, documents.filters[number], $1, nil)
        }
    }

    /// Reads all that is found; gives how many.
    private func read(
        _ name: String, _ fields: OpaquePointer, _ client: OpaquePointer,
        _ session: OpaquePointer, _ begin: (OpaquePointer?, OpaquePointer) -> OpaquePointer?
    ) throws -> Int {
        let options = try self.options(fields, session)
        defer { bson_destroy(options) }
        let collection = mongoc_client_get_collection(client, database, name)
        defer { mongoc_collection_destroy(collection) }
        let cursor = begin(collection, options)
        defer { mongoc_cursor_destroy(cursor) }
        var count = 0
        var row: OpaquePointer?
        while mongoc_cursor_next(cursor, &row) { count += 1 }
        var error = bson_error_t()
        guard !mongoc_cursor_error(cursor, &error) else { throw PeerFailure(mongo: error) }
        return count
    }

    /// A copy of options, with the session.
    private func options(
        _ fields: OpaquePointer?, _ session: OpaquePointer
    ) throws -> OpaquePointer {
        var error = bson_error_t()
        let copy: OpaquePointer? = if let fields { bson_copy(fields) } else { bson_new() }
        guard let options = copy,
            mongoc_client_session_append(session, options, &error)
        else { throw PeerFailure(mongo: error) }
        return options
    }
}

extension RawMongo {
    /// A transaction of the store: what is there is read, and then replaced.
    private func commit(
        _ number: Int, _ client: OpaquePointer, _ session: OpaquePointer
    ) throws -> Int {
        let settings = mongoc_transaction_opts_new()
        defer { mongoc_transaction_opts_destroy(settings) }
        let snapshot = mongoc_read_concern_new()
        defer { mongoc_read_concern_destroy(snapshot) }
        mongoc_read_concern_set_level(snapshot, MONGOC_READ_CONCERN_LEVEL_SNAPSHOT)
        mongoc_transaction_opts_set_read_concern(settings, snapshot)
        mongoc_transaction_opts_set_max_commit_time_ms(settings, MongoDocuments.timeMilliseconds)
        var error = bson_error_t()
        guard mongoc_client_session_start_transaction(session, settings, &error) else {
            throw PeerFailure(mongo: error)
        }
        guard try find(number, documents.versionOptions, client, session) == 1 else {
            throw PeerFailure("a document is not there")
        }
        try replace(number, client, session)
        guard mongoc_client_session_commit_transaction(session, nil, &error) else {
            throw PeerFailure(mongo: error)
        }
        return 1
    }

    private func replace(
        _ number: Int, _ client: OpaquePointer, _ session: OpaquePointer
    ) throws {
        let (statement, row, list, command) = (bson_new(), bson_new(), bson_new(), bson_new())
        defer { for document in [statement, row, list, command] { bson_destroy(document) } }
        bson_append_document(row, "_id", -1, documents.ids[number])
        // Any other than before will do: a replacement by the same would not be written.
        bson_append_int64(row, "v", -1, Int64.random(in: 1...Int64.max))
        bson_append_array(row, "k", -1, documents.places[number])
        bson_append_document(row, "b", -1, documents.body)
        bson_append_document(statement, "q", -1, documents.filters[number])
        bson_append_document(statement, "u", -1, row)
        bson_append_bool(statement, "upsert", -1, true)
        bson_append_document(list, "0", -1, statement)
        bson_append_utf8(command, "update", -1, "documents", -1)
        bson_append_array(command, "updates", -1, list)
        bson_append_int64(command, "maxTimeMS", -1, MongoDocuments.timeMilliseconds)
        let options = try self.options(nil, session)
        defer { bson_destroy(options) }
        var error = bson_error_t()
        guard
            mongoc_client_write_command_with_opts(client, database, command, options, nil, &error)
        else { throw PeerFailure(mongo: error) }
    }
}

extension PeerFailure {
    fileprivate init(mongo error: bson_error_t) {
        let words = withUnsafeBytes(of: error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        self.init("libmongoc: \(words)")
    }
}
