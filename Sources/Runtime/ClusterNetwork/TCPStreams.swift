import Cluster
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Byte streams over TCP, with mutual TLS if it is given certificates.
///
/// Addresses are `host:port`, an IPv6 host in brackets.
public final class TCPStreams: ByteStreamNetwork {
    private let group: any EventLoopGroup
    private let tls: TLSFiles?
    private let listeners = Mutex<[Address: any Channel]>([:])

    /// Streams of one process; without `tls` they are open for all to read.
    public init(tls: TLSFiles? = nil) {
        group = MultiThreadedEventLoopGroup.singleton
        self.tls = tls
    }

    public func connect(
        to address: Address, timeout: Duration,
        _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) async throws(TransportError) {
        guard let place = TCPAddress(address) else { throw .unreachable }
        let tls = tls?.contexts.client
        let ready = group.next().makePromise(of: Void.self)
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(TimeAmount(timeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: nil)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        TCPStreamHandler(isSecured: tls != nil, ready: ready, user))
                }
            }
        do {
            let channel = try await bootstrap.connect(host: place.host, port: place.port).get()
            let patience = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
                ready.fail(ChannelError.connectTimeout(TimeAmount(timeout)))
            }
            defer { patience.cancel() }
            do {
                try await ready.futureResult.get()
            } catch {
                channel.close(promise: nil)
                throw error
            }
        } catch {
            ready.fail(error)
            throw .unreachable
        }
    }

    public func listen(
        at address: Address,
        _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) async throws(TransportError) {
        guard let place = TCPAddress(address) else { throw .unreachable }
        let tls = tls
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = NIOSSLServerHandler(context: tls.contexts.server)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        TCPStreamHandler(isSecured: tls != nil, ready: nil, user))
                }
            }
        do {
            let channel = try await bootstrap.bind(host: place.host, port: place.port).get()
            listeners.withLock { $0[address] = channel }
        } catch {
            throw .unreachable
        }
    }

    public func stopListening(at address: Address) async {
        guard let channel = listeners.withLock({ $0.removeValue(forKey: address) }) else { return }
        channel.close(promise: nil)
        do { try await channel.closeFuture.get() } catch { return }
    }
}

extension TimeAmount {
    /// A time of our own as the network library has it.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
