import NIOCore
import NIOPosix

/// The raw echo's server: a task and a hop to an actor for each request, answers as they come.
final class NIOEchoServer: ChannelInboundHandler {
    typealias InboundIn = NIOFrame

    private let echo: Echo
    private var output = NIOFrameOutput()

    private init(_ echo: Echo) { self.echo = echo }

    /// Serves at a port of the system's choice.
    static func start() async throws -> Int {
        let echo = Echo()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(NIOFrame.Decoder()), NIOEchoServer(echo))
                }
            }
            .bind(host: EchoPlaces.host, port: 0).get()
        return channel.port
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        let here = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        Task { [echo] in
            let answer = NIOFrame(number: frame.number, content: await echo.answer(frame.content))
            here.eventLoop.execute { here.value.handler.send(answer, here.value.context) }
        }
    }

    private func send(_ answer: NIOFrame, _ context: ChannelHandlerContext) {
        guard output.add(answer) else { return }
        let here = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.execute { here.value.handler.output.flush(here.value.context) }
    }
}
