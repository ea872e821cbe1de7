import Platform
import Synchronization

/// The transport of nodes that live in one process: a call is a child task of its caller.
public final class LocalTransport: Transport {
    private let handlers = Mutex<[Address: FrameHandler]>([:])
    private let deadlines: DeadlineWatch

    /// A transport that nobody listens to yet.
    public init(platform: Platform) { deadlines = DeadlineWatch(platform: platform) }

    public func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8] {
        guard let handler = handlers.withLock({ $0[address] }) else { throw .unreachable }
        let answer = await deadlines.run(for: timeout) { await handler(frame) }
        if Task.isCancelled { throw .cancelled }
        guard let answer else { throw .timedOut }
        return answer
    }

    public func listen(
        at address: Address, _ handler: @escaping FrameHandler
    ) async throws(TransportError) {
        handlers.withLock { $0[address] = handler }
    }

    public func stopListening(at address: Address) async {
        handlers.withLock { $0[address] = nil }
    }
}
