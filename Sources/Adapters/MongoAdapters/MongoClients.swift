import CMongo
import Platform
import Ports

/// The clients of one process for one replica set, each used by one thread at a time.
///
/// Every operation blocks a thread of the offload that it was made with, so that offload is its
/// own and has as many threads as there are clients. What does not fit into the offload's queue
/// is unavailable at once, and what has waited there for too long is so too.
public final class MongoClients: Sendable {
    /// libmongoc guards its pool itself (mongoc.org/libmongoc/1.23.1/mongoc_client_pool_t.html).
    private struct Pool: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private static let isLibraryReady: Bool = {
        mongoc_init()
        // Its errors are thrown, and its log would go past ours.
        mongoc_log_set_handler(nil, nil)
        return true
    }()

    private let pool: Pool
    private let offload: any Offload
    private let floor: ReadFloor
    let configuration: MongoConfiguration

    /// Makes the clients; they connect when they are first used.
    ///
    /// - Throws: ``MongoOpenError/unusable(reason:)`` when the connection string is none.
    public init(
        _ configuration: MongoConfiguration, offload: any Offload
    ) throws(MongoOpenError) {
        precondition(Self.isLibraryReady, "libmongoc is ready")
        let uri = try Self.uri(configuration)
        defer { mongoc_uri_destroy(uri) }
        guard let pointer = mongoc_client_pool_new(uri) else {
            throw .unusable(reason: "the connection string asks for what this libmongoc has not")
        }
        mongoc_client_pool_set_error_api(pointer, MONGOC_ERROR_API_VERSION_2)
        pool = Pool(pointer: pointer)
        floor = ReadFloor()
        floor.follow(pointer)
        self.configuration = configuration
        self.offload = offload
    }

    deinit { mongoc_client_pool_destroy(pool.pointer) }

    /// Runs `body` with a client of its own on a thread of the offload; it may block there.
    func run<Value: Sendable>(
        _ name: StaticString, _ body: @escaping @Sendable (MongoConnection) throws -> Value
    ) async throws -> Value {
        let latest = ContinuousClock.now + configuration.queueTimeout
        return try await offload.run(name) {
            // Work that waited behind an outage ends with it, not one timeout after the other.
            guard .now < latest else { throw StoreError.unavailable }
            return try self.withConnection(body)
        }
    }

    /// ``run(_:_:)`` for what fails in a store's words: nothing was written.
    func store<Value: Sendable>(
        _ name: StaticString, _ body: @escaping @Sendable (MongoConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await run(name, body)
        } catch {
            throw StoreError(mongo: error)
        }
    }

    /// The moment in the replica set's log that a read must have reached, for tests.
    var readFloor: UInt64 { floor.value }

    private func withConnection<Value>(_ body: (MongoConnection) throws -> Value) throws -> Value {
        guard let client = mongoc_client_pool_pop(pool.pointer) else {
            throw StoreError.unavailable
        }
        defer { mongoc_client_pool_push(pool.pointer, client) }
        let connection = try MongoConnection(client, configuration, floor: floor)
        defer { connection.end() }
        return try body(connection)
    }

    private static func uri(
        _ configuration: MongoConfiguration
    ) throws(MongoOpenError) -> OpaquePointer {
        var error = bson_error_t()
        guard let uri = mongoc_uri_new_with_error(configuration.uri, &error) else {
            // libmongoc's words may quote the string, and with it a password.
            throw .unusable(reason: "the connection string is malformed")
        }
        let selection = Int32(clamping: configuration.selectionTimeout.milliseconds)
        let command = Int32(clamping: configuration.commandTimeout.milliseconds)
        mongoc_uri_set_option_as_int32(uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, selection)
        mongoc_uri_set_option_as_int32(uri, MONGOC_URI_CONNECTTIMEOUTMS, selection)
        // A server that an error has struck off is looked at again only with the next heartbeat,
        // so one falls into each selection; libmongoc takes no less than 500 ms.
        mongoc_uri_set_option_as_int32(
            uri, MONGOC_URI_HEARTBEATFREQUENCYMS, max(500, selection / 2))
        // Longer than the server's own limit, so that the server is the one to stop.
        mongoc_uri_set_option_as_int32(uri, MONGOC_URI_SOCKETTIMEOUTMS, command &+ selection)
        mongoc_uri_set_option_as_int32(uri, MONGOC_URI_WAITQUEUETIMEOUTMS, selection)
        mongoc_uri_set_option_as_int32(
            uri, MONGOC_URI_MAXPOOLSIZE, Int32(clamping: configuration.clientCountMaximum))
        mongoc_uri_set_option_as_bool(uri, MONGOC_URI_RETRYREADS, true)
        mongoc_uri_set_option_as_bool(uri, MONGOC_URI_RETRYWRITES, true)
        let majority = mongoc_write_concern_new()
        mongoc_write_concern_set_wmajority(majority, command)
        mongoc_uri_set_write_concern(uri, majority)
        mongoc_write_concern_destroy(majority)
        let primary = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
        mongoc_uri_set_read_prefs_t(uri, primary)
        mongoc_read_prefs_destroy(primary)
        return uri
    }
}
