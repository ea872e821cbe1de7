import CRabbitMQ
import Glibc
import Platform
import SocketDrivers

/// One connection to a broker with one channel, which only the thread that opened it may touch.
///
/// A channel that the broker closes is the end of its connection, and of no other: nothing else
/// is on it.
final class AMQPLink {
    /// The number of the only channel.
    static let channel: amqp_channel_t = 1

    let connection: amqp_connection_state_t
    let arena = AMQPArena()
    private let clock: any NodeClock
    private let timeout: Duration
    /// When what is being waited for must have happened.
    private var deadline: Duration
    private var reader = AMQPInputReader()

    /// Connects, signs in and opens the channel; it blocks for at most the timeout of a
    /// connection, after the time that the name of the host takes.
    init(_ configuration: RabbitMQConfiguration, clock: any NodeClock) throws(AMQPError) {
        guard let connection = amqp_new_connection() else {
            throw AMQPError("open", AMQP_STATUS_NO_MEMORY.rawValue)
        }
        self.connection = connection
        self.clock = clock
        timeout = configuration.timeouts.connect
        deadline = clock.uptime + timeout
        try connect(configuration)
        try signIn(configuration)
        try rest(amqp_channel_open(connection, Self.channel) != nil, "channel")
    }

    deinit { amqp_destroy_connection(connection) }

    /// The connection's socket.
    var socket: Int32 { amqp_get_sockfd(connection) }

    /// Ends the connection in good order, after everything that was sent on it.
    func close() throws(AMQPError) {
        deadline = clock.uptime + timeout
        try limitReply("close")
        let reply = amqp_connection_close(connection, AMQP_REPLY_SUCCESS)
        guard reply.reply_type == AMQP_RESPONSE_NORMAL else { throw AMQPError("close", reply) }
    }

    /// The next of what has arrived whole; nil when nothing has. It also sends the signs of life
    /// that are due, and fails when the broker's are missing.
    func nextInput() throws(AMQPError) -> AMQPInput? {
        while true {
            var (frame, noTime) = (amqp_frame_t(), timeval())
            let status = amqp_simple_wait_frame_noblock(connection, &frame, &noTime)
            guard status != AMQP_STATUS_TIMEOUT.rawValue else { return nil }
            guard status == AMQP_STATUS_OK.rawValue else { throw AMQPError("read", status) }
            defer { amqp_maybe_release_buffers(connection) }
            if let input = try reader.read(frame) { return input }
        }
    }

    /// The next of what arrives within the timeout of a connection.
    func input() throws(AMQPError) -> AMQPInput {
        let end = clock.uptime + timeout
        while true {
            if let input = try nextInput() { return input }
            let rest = end - clock.uptime
            guard rest > .zero else { throw .broken("read: no answer in time") }
            _ = Doorbell.wait(forSocket: socket, isWriting: false, atMost: rest)
        }
    }

    /// Throws unless a call of the driver has succeeded.
    func require(_ status: Int32, _ step: String) throws(AMQPError) {
        guard status == AMQP_STATUS_OK.rawValue else { throw AMQPError(step, status) }
    }

    /// Throws unless the broker has replied; the time that is left is the next call's.
    func rest(_ isDone: Bool, _ step: String) throws(AMQPError) {
        guard isDone else { throw AMQPError(step, amqp_get_rpc_reply(connection)) }
        try limitReply(step)
    }
}

extension AMQPLink {
    private func connect(_ configuration: RabbitMQConfiguration) throws(AMQPError) {
        let socket = try newSocket(configuration.encryption)
        var time = try remaining("connect")
        try require(
            amqp_socket_open_noblock(
                socket, configuration.host, Int32(configuration.port), &time), "connect")
        // The driver waits without limit for room to write; so the system ends a connection whose
        // other side takes nothing for as long as a confirmation may take.
        var limit = UInt32(configuration.timeouts.confirm.milliseconds)
        let code = setsockopt(
            self.socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &limit,
            socklen_t(MemoryLayout<UInt32>.size))
        guard code == 0 else { throw .broken("connect: the socket cannot be set up") }
    }

    private func newSocket(
        _ encryption: RabbitMQConfiguration.Encryption
    ) throws(AMQPError) -> OpaquePointer {
        let socket: OpaquePointer?
        switch encryption {
        case .none: socket = amqp_tcp_socket_new(connection)
        case .tls: socket = amqp_ssl_socket_new(connection)
        }
        guard let socket else { throw AMQPError("connect", AMQP_STATUS_NO_MEMORY.rawValue) }
        if case .tls(let authorityFile) = encryption {
            amqp_ssl_socket_set_verify_peer(socket, 1)
            amqp_ssl_socket_set_verify_hostname(socket, 1)
            try require(
                amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST), "TLS")
            try require(amqp_ssl_socket_set_cacert(socket, authorityFile), "authority")
        }
        return socket
    }

    private func signIn(_ configuration: RabbitMQConfiguration) throws(AMQPError) {
        var time = try remaining("sign in")
        try require(amqp_set_handshake_timeout(connection, &time), "sign in")
        defer { arena.recycle() }
        var properties = arena.table([
            (
                "capabilities",
                .table(
                    arena.table([
                        ("connection.blocked", .flag(true)),
                        ("consumer_cancel_notify", .flag(true)),
                    ]))
            )
        ])
        let credentials = configuration.credentials
        let reply = rabbitmq_login_plain(
            connection, configuration.virtualHost,
            Int32(configuration.timeouts.heartbeat.components.seconds), &properties,
            credentials.user, credentials.password)
        guard reply.reply_type == AMQP_RESPONSE_NORMAL else { throw AMQPError("sign in", reply) }
        try limitReply("sign in")
    }

    private func limitReply(_ step: String) throws(AMQPError) {
        var time = try remaining(step)
        try require(amqp_set_rpc_timeout(connection, &time), step)
    }

    private func remaining(_ step: String) throws(AMQPError) -> timeval {
        let rest = deadline - clock.uptime
        guard rest > .zero else { throw .broken("\(step): no answer in time") }
        let (seconds, attoseconds) = rest.components
        return timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
