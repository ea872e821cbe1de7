import NIOCore

/// The socket's side of an embedded channel: counts how often bytes are asked for, and lets the
/// channel stay open when only its output closes, which an embedded channel cannot.
final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var count = 0
    private(set) var isOutputClosed = false

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }

    func close(
        context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
    ) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        isOutputClosed = true
        promise?.succeed()
    }
}
