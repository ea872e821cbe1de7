import NIOCore
import Ports

/// A live connection's end of the channel.
///
/// It stands before all other handlers, which have nothing to do any more: it takes every byte
/// that comes, and reads only when there is room for what the page says.
final class WebSocketHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Texts that wait to be received; a page that sends more is not read from.
    static let waitingTextCountMaximum = 8
    /// Bytes that wait to be understood. A read brings 4 KiB; only a page that closes while it is
    /// not read from brings more, and then all at once.
    static let unreadByteCountMaximum = 64 * 1024

    enum Phase {
        case open
        /// A close frame is on its way; the page's is waited for.
        case closing
        /// All is said: what comes is thrown away until the page closes.
        case lingering
        case closed
    }

    /// Why nothing more is received.
    enum Ending {
        case closedByPage
        case failed(LiveError)

        var error: LiveError {
            switch self {
            case .closedByPage: .closed
            case .failed(let error): error
            }
        }
    }

    /// One call of `receive`, so that its cancellation ends no other.
    final class Receiving: Sendable {}

    let timing: WebSocketTiming
    var context: ChannelHandlerContext?
    var phase = Phase.open
    var ending: Ending?
    var reader = WebSocketReader()
    var unread = ByteBuffer()
    var texts: CircularBuffer<String> = []
    var receiver: (call: Receiving, promise: EventLoopPromise<String?>)?
    var pings = WebSocketPings()
    var pongs = WebSocketPongs()
    var pingTimer: Scheduled<Void>?
    var closeTimer: Scheduled<Void>?

    init(timing: WebSocketTiming) { self.timing = timing }

    /// Whether the page is not read from because too much of what it said waits.
    var isPaused: Bool {
        phase == .open && texts.count >= Self.waitingTextCountMaximum
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        hasClosed()
        self.context = nil
    }

    /// Ends the handshake and begins to listen.
    func open(_ response: ByteBuffer) {
        context?.writeAndFlush(wrapOutboundOut(response), promise: nil)
        schedulePing()
        context?.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase == .open || phase == .closing else { return }
        unread.writeImmutableBuffer(unwrapInboundIn(data))
        guard unread.readableBytes <= Self.unreadByteCountMaximum else {
            return fail(.closed)
        }
        readEvents()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !isPaused, phase != .closed { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasClosed()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: close(.goingAway)
        case let event as ChannelEvent where event == .inputClosed: fail(.closed)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// The listener closes a channel's input to say that it stops. The page's answer is still
    /// wanted, so this is a reason to close and nothing more.
    func close(
        context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
    ) {
        guard mode == .input else { return context.close(mode: mode, promise: promise) }
        close(.goingAway)
        promise?.succeed()
    }
}
