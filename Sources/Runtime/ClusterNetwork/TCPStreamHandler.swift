import Cluster
import NIOCore
import NIOTLS

/// Joins a channel to its byte stream, once the connection is there and the peer has shown its
/// certificate if it must.
final class TCPStreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// How long a connection may take until it can carry bytes.
    static let readyTimeout = TimeAmount.seconds(5)

    private let isSecured: Bool
    private let makeUser: @Sendable (any ByteStream) -> any ByteStreamUser
    private let ready: EventLoopPromise<Void>?
    private var stream: TCPStream?
    private var patience: Scheduled<Void>?
    private var isReady = false

    init(
        isSecured: Bool, ready: EventLoopPromise<Void>?,
        _ makeUser: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) {
        self.isSecured = isSecured
        self.ready = ready
        self.makeUser = makeUser
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        patience = context.eventLoop.scheduleTask(in: Self.readyTimeout) {
            channel.close(promise: nil)
        }
        if channel.isActive, !isSecured { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isSecured { begin(context) }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { begin(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        stream?.receive(unwrapInboundIn(data))
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { stream?.wake() }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Whatever it is, the connection cannot be trusted any more.
        end()
        context.close(promise: nil)
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard !isReady else { return }
        isReady = true
        patience?.cancel()
        let stream = TCPStream(context.channel)
        self.stream = stream
        stream.attach(makeUser(stream))
        ready?.succeed()
    }

    private func end() {
        patience?.cancel()
        ready?.fail(ChannelError.eof)
        stream?.end()
        stream = nil
    }
}
