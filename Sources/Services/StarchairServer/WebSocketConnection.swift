import NIOCore
import Ports

/// A live connection over a WebSocket.
struct WebSocketConnection: LiveConnection {
    private let channel: any Channel
    private let handler: NIOLoopBound<WebSocketHandler>

    /// The connection of a handler that stands in the channel's pipeline.
    init(channel: any Channel, handler: NIOLoopBound<WebSocketHandler>) {
        self.channel = channel
        self.handler = handler
    }

    func send(_ text: String) async throws(LiveError) {
        var text = text
        // The longest head of a frame without a key has 10 bytes.
        var buffer = channel.allocator.buffer(capacity: text.utf8.count + 10)
        text.withUTF8 { buffer.writeFrame(.text, $0) }
        let (frame, loop) = (buffer, channel.eventLoop)
        try await Self.result(of: loop.flatSubmit { handler.value.send(frame, on: loop) })
    }

    func receive() async throws(LiveError) -> String? {
        let (call, loop) = (WebSocketHandler.Receiving(), channel.eventLoop)
        let cancel = { @Sendable in loop.execute { handler.value.cancel(call) } }
        do {
            return try await withTaskCancellationHandler {
                let text = loop.flatSubmit { handler.value.receive(call, on: loop) }
                // A cancellation before the line above found no call to end.
                if Task.isCancelled { cancel() }
                return try await text.get()
            } onCancel: {
                cancel()
            }
        } catch {
            throw error as? LiveError ?? .closed
        }
    }

    func close(_ reason: LiveCloseReason) async {
        channel.eventLoop.execute { handler.value.close(reason) }
        await closed()
    }

    /// Serves the page until it or the server has said that it is over. Ends with the channel.
    func serve(_ serve: @escaping @Sendable (any LiveConnection) async -> Void) async {
        await withTaskGroup { group in
            group.addTask {
                await serve(self)
                await close(Task.isCancelled ? .goingAway : .normal)
            }
            group.addTask { await closed() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits until the channel is closed; how it was does not matter.
    private func closed() async {
        await withCheckedContinuation { continuation in
            channel.closeFuture.whenComplete { _ in continuation.resume() }
        }
    }

    private static func result<Value: Sendable>(
        of future: EventLoopFuture<Value>
    ) async throws(LiveError) -> Value {
        do {
            return try await future.get()
        } catch {
            throw error as? LiveError ?? .closed
        }
    }
}
