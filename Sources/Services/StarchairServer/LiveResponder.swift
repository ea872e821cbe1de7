import HTTPTypes
import Hummingbird
import NIOCore
import Ports

/// Answers at the live endpoint's path, and serves who is admitted there.
struct LiveResponder: Sendable {
    /// Bytes of one read: what a connection holds unread.
    private static let readByteCount = 4096

    let endpoint: LiveEndpoint
    let places: LivePlaces
    let timing: WebSocketTiming

    /// The response to a page that is not admitted. For one that is, returns when its connection
    /// has ended.
    func respond(to request: Request, on channel: any Channel) async -> Response {
        switch WebSocketHandshake(request.head) {
        case .refused(let response):
            return response
        case .valid(let accept):
            guard places.take() else { return Response(status: .serviceUnavailable) }
            defer { places.giveBack() }
            switch await endpoint.admit(request.head) {
            case .refused(let refusal):
                return Response(refusal)
            case .admitted(let serve):
                guard let connection = await upgrade(channel, accept: accept) else {
                    return Response(status: .serviceUnavailable)
                }
                await connection.serve(serve)
                // The channel is closed: nobody sees this.
                return Response(status: .ok)
            }
        }
    }

    /// Nil if the channel is closed or about to be.
    private func upgrade(_ channel: any Channel, accept: String) async -> WebSocketConnection? {
        guard !Task.isCancelled else { return nil }
        let upgraded = channel.eventLoop.submit { () -> NIOLoopBound<WebSocketHandler>? in
            let pipeline = channel.pipeline.syncOperations
            guard channel.isActive, !(try pipeline.handler(type: UpgradeGate.self).isQuiescing)
            else { return nil }
            let options = channel.syncOptions
            try options?.setOption(.maxMessagesPerRead, value: 1)
            try options?.setOption(
                .recvAllocator,
                value: FixedSizeRecvByteBufferAllocator(capacity: Self.readByteCount))
            let handler = WebSocketHandler(timing: timing)
            try pipeline.addHandler(handler, position: .first)
            handler.open(WebSocketHandshake.response(accept: accept))
            return NIOLoopBound(handler, eventLoop: channel.eventLoop)
        }
        do {
            return try await upgraded.get().map {
                WebSocketConnection(channel: channel, handler: $0)
            }
        } catch {
            // The channel closed while it was changed.
            return nil
        }
    }
}

extension Response {
    init(_ refusal: LiveRefusal) {
        self.init(
            status: refusal.status, headers: [.contentType: refusal.mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: refusal.body)))
    }
}
