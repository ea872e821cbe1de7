import NIOCore
import NIOPosix

/// The raw echo's client: any number of calls wait on one connection.
final class NIOEchoClient: ChannelInboundHandler {
    typealias InboundIn = NIOFrame
    typealias Waiter = CheckedContinuation<ByteBuffer, Never>

    /// A connection, usable from any task.
    struct Connection: Sendable {
        fileprivate let client: NIOLoopBound<NIOEchoClient>

        func call(_ content: ByteBuffer) async -> ByteBuffer {
            await withCheckedContinuation { waiter in
                client.eventLoop.execute { client.value.begin(content, waiter) }
            }
        }
    }

    private var context: ChannelHandlerContext?
    private var waiting: [UInt32: Waiter] = [:]
    private var lastNumber: UInt32 = 0
    private var output = NIOFrameOutput()

    static func connect(port: Int) async throws -> Connection {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: EchoPlaces.host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let client = NIOEchoClient()
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(NIOFrame.Decoder()), client)
                    return Connection(client: NIOLoopBound(client, eventLoop: channel.eventLoop))
                }
            }
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        waiting.removeValue(forKey: frame.number)?.resume(returning: frame.content)
    }

    private func begin(_ content: ByteBuffer, _ waiter: Waiter) {
        guard let context else { preconditionFailure("a connection has its handler") }
        lastNumber += 1
        waiting[lastNumber] = waiter
        guard output.add(NIOFrame(number: lastNumber, content: content)) else { return }
        let here = NIOLoopBound((client: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.execute { here.value.client.output.flush(here.value.context) }
    }
}
