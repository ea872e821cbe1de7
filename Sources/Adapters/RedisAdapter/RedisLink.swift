import CRedis
import Glibc
import Platform
import SocketDrivers

/// One connection to a server, which only the thread that opened it may touch.
///
/// Its socket does not block: whoever has it waits for the socket, and so for no longer than it
/// wants.
final class RedisLink {
    private let context: UnsafeMutablePointer<redisContext>
    /// Whether bytes wait to be written.
    private(set) var hasOutput = false

    /// Connects and greets; it blocks for at most the timeout of a connection, after the time
    /// that the name of the host takes.
    init(_ configuration: RedisConfiguration, clock: any NodeClock) throws(RedisLinkError) {
        let timeout = configuration.timeouts.connect
        let deadline = clock.uptime + timeout
        guard
            let context = redisConnectWithTimeout(
                configuration.host, Int32(configuration.port), timeval(timeout))
        else { throw RedisLinkError("no memory for a connection") }
        self.context = context
        guard context.pointee.err == 0 else { throw failure("connect") }
        context.pointee.flags &= ~REDIS_BLOCK
        guard fcntl(socket, F_SETFL, O_NONBLOCK) == 0, redisEnableKeepAlive(context) == REDIS_OK
        else { throw RedisLinkError("the socket cannot be set up") }
        try greet(configuration, until: deadline, clock)
    }

    deinit { redisFree(context) }

    /// The connection's socket.
    var socket: Int32 { context.pointee.fd }

    /// Adds a command to what is to be written.
    func append(_ command: RedisCommand) throws(RedisLinkError) {
        let code = command.bytes.withUnsafeBytes { bytes in
            redisAppendFormattedCommand(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard code == REDIS_OK else { throw failure("command") }
        hasOutput = true
    }

    /// Writes as much as the socket takes.
    func flush() throws(RedisLinkError) {
        var isDone: Int32 = 0
        guard redisBufferWrite(context, &isDone) == REDIS_OK else { throw failure("write") }
        hasOutput = isDone == 0
    }

    /// Reads what has arrived.
    func receive() throws(RedisLinkError) {
        guard redisBufferRead(context) == REDIS_OK else { throw failure("read") }
    }

    /// The next reply of those that have arrived.
    func nextReply() throws(RedisLinkError) -> RedisReply? {
        var found: UnsafeMutableRawPointer?
        guard redisGetReplyFromReader(context, &found) == REDIS_OK else { throw failure("read") }
        guard let found else { return nil }
        defer { freeReplyObject(found) }
        return RedisReply(found.assumingMemoryBound(to: redisReply.self).pointee)
    }

    /// What went wrong, in the words of the driver.
    private func failure(_ step: String) -> RedisLinkError {
        let text = withUnsafeBytes(of: &context.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return RedisLinkError("\(step): \(text)")
    }
}

extension RedisLink {
    private func greet(
        _ configuration: RedisConfiguration, until deadline: Duration, _ clock: any NodeClock
    ) throws(RedisLinkError) {
        if let credentials = configuration.credentials {
            let names = credentials.user.map { [$0] } ?? []
            try demand(["AUTH"] + names + [credentials.password], until: deadline, clock)
        }
        if configuration.database != 0 {
            try demand(["SELECT", "\(configuration.database)"], until: deadline, clock)
        }
        try demand(["PING"], until: deadline, clock)
    }

    /// Runs a command that must succeed.
    private func demand(
        _ command: [String], until deadline: Duration, _ clock: any NodeClock
    ) throws(RedisLinkError) {
        try append(RedisCommand(command.map { Array($0.utf8) }))
        while true {
            if hasOutput { try flush() }
            if let reply = try nextReply() {
                guard case .error(let text) = reply else { return }
                throw RedisLinkError("\(command[0]): \(text)")
            }
            let rest = deadline - clock.uptime
            guard rest > .zero else { throw RedisLinkError("\(command[0]): no answer in time") }
            if Doorbell.wait(forSocket: socket, isWriting: hasOutput, atMost: rest) {
                try receive()
            }
        }
    }
}

/// Why a connection cannot be used any more.
struct RedisLinkError: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(
            tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
