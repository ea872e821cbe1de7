import NIOCore
import NIOWebSocket

/// A page's end of a WebSocket: keeps the texts that come until they are asked for.
final class SocketLiveHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    /// Texts that wait to be asked for; a page that falls further behind loses its connection.
    static let waitingTextCountMaximum = 1024
    /// How long the installation may take to end the connection when the page leaves.
    static let closeTimeout = TimeAmount.seconds(2)

    private var context: ChannelHandlerContext?
    private var texts: CircularBuffer<String> = []
    private var reader: EventLoopPromise<String?>?
    /// Whether no more texts come.
    private var isOver = false
    private var timer: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        timer?.cancel()
        self.context = nil
    }

    /// The next text; nil when the connection is over and no more waits. One reader at a time.
    func next(on loop: any EventLoop) -> EventLoopFuture<String?> {
        precondition(reader == nil, "a stream has one reader")
        let promise = loop.makePromise(of: String?.self)
        if let text = texts.popFirst() {
            promise.succeed(text)
        } else if isOver {
            promise.succeed(nil)
        } else {
            reader = promise
        }
        return promise.futureResult
    }

    /// Says that the page leaves, and waits for the installation to close.
    func leave() {
        guard !isOver else { return }
        var code = ByteBuffer()
        code.write(webSocketErrorCode: .normalClosure)
        finish(code)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text:
            take(String(buffer: frame.unmaskedData))
        case .ping:
            if !isOver { write(.pong, frame.unmaskedData) }
        case .connectionClose:
            // It is answered by the same code (RFC 6455, section 5.5.1), unless it is the answer.
            if !isOver { finish(frame.unmaskedData) }
        default:
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end()
        context.close(promise: nil)
    }

    private func take(_ text: String) {
        guard !isOver else { return }
        if let reader {
            self.reader = nil
            reader.succeed(text)
        } else if texts.count < Self.waitingTextCountMaximum {
            texts.append(text)
        } else {
            end()
            context?.close(promise: nil)
        }
    }

    private func finish(_ payload: ByteBuffer) {
        end()
        write(.connectionClose, payload)
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: Self.closeTimeout) {
            self.context?.close(promise: nil)
        }
    }

    /// A client masks what it sends (RFC 6455, section 5.3).
    private func write(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) {
        let frame = WebSocketFrame(
            fin: true, opcode: opcode, maskKey: .random(), data: payload)
        context?.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func end() {
        isOver = true
        reader?.succeed(nil)
        reader = nil
    }
}
