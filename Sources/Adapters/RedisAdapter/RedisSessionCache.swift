import Platform
import Ports

/// A cache on a Redis server, over one connection that pipelines what is asked at the same time.
///
/// Each operation is one command, and is not tried again: after ``CacheError/unavailable`` it may
/// have been run, or may still be run by a server that was slow, after what others do meanwhile.
/// While the server cannot be reached operations fail at once. One takes at most the timeout of
/// an operation, and that of a connection more when the connection broke while it waited.
///
/// Redis keeps the moment at which a value ends (`PX` is stored as `PXAT`), so a restart from its
/// files or a fail-over makes no value live longer than its expiry, give or take the difference
/// of the servers' clocks. Both may undo the last changes, acknowledged ones included: a value
/// that was removed can be there again for the rest of its expiry. A session that was signed out
/// is therefore over when the entry's own age, which the reader checks, or its expiry says so,
/// whichever is first, and not by its removal.
public final class RedisSessionCache: SessionCache {
    private let connection: RedisConnection
    private let prefix: [UInt8]

    /// Begins to connect, and returns without waiting for it.
    ///
    /// - Parameter report: is told, on the connection's thread, what happens to the connection.
    public init(
        _ configuration: RedisConfiguration, platform: Platform,
        report: @escaping @Sendable (RedisConnectionEvent) -> Void
    ) throws(ConfigurationError) {
        try configuration.check()
        prefix = Array(configuration.keyPrefix.utf8)
        connection = RedisConnection(configuration, platform: platform, report: report)
        connection.start()
    }

    deinit { connection.close() }

    /// Closes the connection, and returns when its thread has ended; what comes later is
    /// unavailable.
    public func shutDown() async {
        connection.close()
        await connection.waitForEnd()
    }

    public func value(for key: String) async throws(CacheError) -> [UInt8]? {
        try CacheLimits.check(key)
        switch try await reply(to: RedisCommand(Self.get, full(key))) {
        case .bytes(let value): return value
        case .nothing: return nil
        case .integer, .status, .error: throw .unavailable
        }
    }

    public func set(
        _ value: [UInt8], for key: String, expiry: Duration
    ) async throws(CacheError) {
        try CacheLimits.check(value, for: key, expiry: expiry)
        let life = Array("\(expiry.milliseconds)".utf8)
        guard
            case .status = try await reply(
                to: RedisCommand(Self.set, full(key), value, Self.px, life))
        else { throw .unavailable }
    }

    public func remove(_ key: String) async throws(CacheError) {
        try CacheLimits.check(key)
        guard case .integer = try await reply(to: RedisCommand(Self.delete, full(key))) else {
            throw .unavailable
        }
    }

    private func reply(to command: RedisCommand) async throws(CacheError) -> RedisReply {
        switch await connection.reply(to: command) {
        case .success(let reply): return reply
        case .failure: throw .unavailable
        }
    }

    private func full(_ key: String) -> [UInt8] { prefix + Array(key.utf8) }

    private static let get = Array("GET".utf8)
    private static let set = Array("SET".utf8)
    private static let px = Array("PX".utf8)
    private static let delete = Array("DEL".utf8)
}
