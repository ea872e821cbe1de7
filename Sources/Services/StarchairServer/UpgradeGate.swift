import NIOCore
import NIOHTTP1

/// What HTTP must know of other protocols that may take a connection over.
///
/// After a request that asks for another protocol, the decoder of NIO understands nothing more
/// and would keep whatever comes. So nothing more is read for it; either the connection becomes a
/// live one, which reads for itself, or it closes after the response.
final class UpgradeGate: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Whether the server stops: then no connection becomes a live one.
    private(set) var isQuiescing = false
    private var isLastRequest = false
    private var isLastRequestRead = false
    private var unansweredRequestCount = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            isLastRequest = head.headers.contains(name: "Upgrade") || head.method == .CONNECT
            unansweredRequestCount += 1
            // RFC 9110, section 7.8: to be ignored in a request of HTTP/1.0.
            if head.version == .http1_0 { head.headers.remove(name: "Upgrade") }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body:
            context.fireChannelRead(data)
        case .end:
            isLastRequestRead = isLastRequest
            context.fireChannelRead(data)
        }
    }

    func read(context: ChannelHandlerContext) {
        if !isLastRequestRead { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isLastResponse = isLastRequest && unansweredRequestCount == 1
        switch unwrapOutboundIn(data) {
        case .head(var head) where isLastResponse:
            head.headers.add(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unansweredRequestCount -= 1
            guard isLastResponse else { return context.write(data, promise: promise) }
            let written = promise ?? context.eventLoop.makePromise()
            let channel = context.channel
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            context.write(data, promise: written)
        case .head, .body:
            context.write(data, promise: promise)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { isQuiescing = true }
        context.fireUserInboundEventTriggered(event)
    }
}
