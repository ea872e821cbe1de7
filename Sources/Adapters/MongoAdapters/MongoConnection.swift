import CMongo
import Platform
import Ports

/// One client with a session, in the hands of one thread for one operation; its calls block.
///
/// The session is causally consistent: a read sees what came before, in this process and in the
/// log of the primary.
final class MongoConnection {
    let configuration: MongoConfiguration
    let session: OpaquePointer
    private let client: OpaquePointer
    private let floor: ReadFloor

    init(
        _ client: OpaquePointer, _ configuration: MongoConfiguration, floor: ReadFloor
    ) throws(MongoFailure) {
        var error = bson_error_t()
        guard let session = mongoc_client_start_session(client, nil, &error) else {
            throw MongoFailure(error, reply: nil)
        }
        self.client = client
        self.configuration = configuration
        self.session = session
        self.floor = floor
        advance()
    }

    /// Gives the session back and remembers the last moment that it was told.
    func end() {
        var seconds: UInt32 = 0
        var count: UInt32 = 0
        mongoc_client_session_get_operation_time(session, &seconds, &count)
        floor.raise(to: UInt64(seconds) << 32 | UInt64(count))
        mongoc_client_session_destroy(session)
    }

    /// Raises the session to the floor, before its first read.
    private func advance() {
        let moment = floor.value
        mongoc_client_session_advance_operation_time(
            session, UInt32(moment >> 32), UInt32(truncatingIfNeeded: moment))
    }
}

// MARK: - Reading

extension MongoConnection {
    /// Hands each document of a collection that `filter` finds to `body`, all of one snapshot.
    func find(
        _ filter: [UInt8], in namespace: Namespace, options: (inout FieldWriter) -> Void,
        _ body: (ReplyDocument) throws -> Void
    ) throws {
        try read(namespace, options) { collection, options in
            filter.withBSON { mongoc_collection_find_with_opts(collection, $0, options, nil) }
        } each: {
            try body($0)
        }
    }

    /// Hands each document that a pipeline makes of a collection to `body`, all of one snapshot.
    func aggregate(
        _ pipeline: [UInt8], in namespace: Namespace, options: (inout FieldWriter) -> Void,
        _ body: (ReplyDocument) throws -> Void
    ) throws {
        try read(namespace, options) { collection, options in
            pipeline.withBSON {
                mongoc_collection_aggregate(collection, MONGOC_QUERY_NONE, $0, options, nil)
            }
        } each: {
            try body($0)
        }
    }

    private func read(
        _ namespace: Namespace, _ fill: (inout FieldWriter) -> Void,
        begin: (OpaquePointer, OpaquePointer) -> OpaquePointer?,
        each body: (ReplyDocument) throws -> Void
    ) throws {
        let options = try sessionOptions { fields in
            fields.add("maxTimeMS", configuration.commandTimeout.milliseconds)
            if !mongoc_client_session_in_transaction(session) {
                fields.add("readConcern") { $0.add("level", "snapshot") }
            }
            fill(&fields)
        }
        defer { bson_destroy(options) }
        let collection = mongoc_client_get_collection(
            client, namespace.database, namespace.name)
        defer { mongoc_collection_destroy(collection) }
        guard let collection, let cursor = begin(collection, options) else {
            preconditionFailure("libmongoc makes a cursor of any question, and fails later")
        }
        defer { mongoc_cursor_destroy(cursor) }
        var document: OpaquePointer?
        while mongoc_cursor_next(cursor, &document) {
            if let document { try body(ReplyDocument(document)) }
        }
        var error = bson_error_t()
        var reply: OpaquePointer?
        guard !mongoc_cursor_error_document(cursor, &error, &reply) else {
            throw MongoFailure(error, reply: reply)
        }
    }
}

// MARK: - Writing

extension MongoConnection {
    /// Runs a command that writes, in this session and in its transaction if one has begun, and
    /// gives how many documents it met.
    ///
    /// - Throws: ``MongoFailure`` also when only one of its statements failed.
    @discardableResult
    func write(_ command: [UInt8], in database: String) throws -> Int64 {
        let options = try sessionOptions { _ in }
        defer { bson_destroy(options) }
        let reply = ReplyStorage()
        var error = bson_error_t()
        let isDone = command.withBSON {
            mongoc_client_write_command_with_opts(
                client, database, $0, options, reply.pointer, &error)
        }
        guard isDone else { throw MongoFailure(error, reply: reply.pointer) }
        let answer = try ReplyDocument(reply.pointer)
        if let first = try answer.value("writeErrors")?.document.values.first?.document {
            throw MongoFailure(
                statementCode: try first.required("code").integer,
                message: try first.required("errmsg").text)
        }
        return try answer.value("n")?.integer ?? 0
    }

    /// Runs a command outside the session and hands its answer to `read`.
    func command<Value>(
        _ command: [UInt8], in database: String, read: (ReplyDocument) throws -> Value
    ) throws -> Value {
        let reply = ReplyStorage()
        var error = bson_error_t()
        let isDone = command.withBSON {
            mongoc_client_command_with_opts(
                client, database, $0, nil, nil, reply.pointer, &error)
        }
        guard isDone else { throw MongoFailure(error, reply: reply.pointer) }
        return try read(ReplyDocument(reply.pointer))
    }

    /// Options that name this session, to be destroyed by the caller.
    private func sessionOptions(
        _ fill: (inout FieldWriter) -> Void
    ) throws(MongoFailure) -> OpaquePointer {
        let bytes = FieldWriter.document(fill)
        guard let options = bson_new_from_data(bytes, bytes.count) else {
            preconditionFailure("options that were written here are a document")
        }
        var error = bson_error_t()
        guard mongoc_client_session_append(session, options, &error) else {
            bson_destroy(options)
            throw MongoFailure(error, reply: nil)
        }
        return options
    }
}
