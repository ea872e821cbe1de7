import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Trials

/// A way to an installation's live connections by WebSockets (RFC 6455), without encryption.
struct SocketLivePort: LivePort {
    private let host: String
    private let port: Int
    private let path: String

    /// How long it may take to have a connection.
    static let timeout = TimeAmount.seconds(10)
    /// Frames, and bytes, of the longest text.
    static let textFrameCountMaximum = 16
    static let textByteCountMaximum = 64 << 10

    private typealias Handler = NIOLoopBound<SocketLiveHandler>

    private struct NotUpgraded: Error {}

    /// A way to an installation by its address; nil when that is not like `http://host:port`.
    init?(url: String) {
        guard let url = URL(string: url), url.scheme == "http", let host = url.host() else {
            return nil
        }
        self.host = host
        port = url.port ?? 80
        path = (url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path) + "/ws"
    }

    func connect(
        session: String, after sequence: Int64
    ) async throws(NoAnswer) -> any LiveStream {
        let head = head(session: session, after: sequence)
        do {
            // The loops are the process's own: the HTTP client runs on them too.
            let upgraded = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(Self.timeout)
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.upgrade(channel, head)
                    }
                }
            let (channel, handler) = try await upgraded.get()
            return SocketLiveStream(channel: channel, handler: handler)
        } catch {
            throw NoAnswer()
        }
    }

    private func head(session: String, after sequence: Int64) -> HTTPRequestHead {
        HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "\(path)?after=\(sequence)",
            headers: [
                "Host": "\(host):\(port)", "Cookie": "starchair_session=\(session)",
            ])
    }

    /// Asks for the protocol; the channel is closed when the answer is no, or none in time.
    private static func upgrade(
        _ channel: any Channel, _ head: HTTPRequestHead
    ) throws -> EventLoopFuture<(any Channel, Handler)> {
        let upgrader = NIOTypedWebSocketClientUpgrader<(any Channel, Handler)>(
            maxFrameSize: textByteCountMaximum
        ) { channel, _ in
            channel.eventLoop.makeCompletedFuture { (channel, try addHandlers(channel)) }
        }
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: .init(
                upgradeRequestHead: head, upgraders: [upgrader]
            ) { $0.eventLoop.makeFailedFuture(NotUpgraded()) })
        // The first frames may come with the answer.
        configuration.leftOverBytesStrategy = .forwardBytes
        let upgraded = try channel.pipeline.syncOperations
            .configureUpgradableHTTPClientPipeline(configuration: configuration)
        let timer = channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
        upgraded.whenComplete { _ in timer.cancel() }
        upgraded.whenFailure { _ in channel.close(promise: nil) }
        return upgraded
    }

    private static func addHandlers(_ channel: any Channel) throws -> Handler {
        let handler = SocketLiveHandler()
        try channel.pipeline.syncOperations.addHandlers([
            NIOWebSocketFrameAggregator(
                minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: textFrameCountMaximum,
                maxAccumulatedFrameSize: textByteCountMaximum),
            handler,
        ])
        return NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }
}

/// What comes over one WebSocket.
private struct SocketLiveStream: LiveStream {
    let channel: any Channel
    let handler: NIOLoopBound<SocketLiveHandler>

    func next() async -> String? {
        let loop = channel.eventLoop
        return await withTaskCancellationHandler {
            do {
                return try await loop.flatSubmit { handler.value.next(on: loop) }.get()
            } catch {
                // The loop is no more, and the connection with it.
                return nil
            }
        } onCancel: {
            // Who does not wait any more has left.
            loop.execute { handler.value.leave() }
        }
    }

    func close() async {
        channel.eventLoop.execute { handler.value.leave() }
        await withCheckedContinuation { continuation in
            channel.closeFuture.whenComplete { _ in continuation.resume() }
        }
    }
}
