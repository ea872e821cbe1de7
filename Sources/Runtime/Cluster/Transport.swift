/// Carries frames between nodes. It knows nothing of what is in them.
public protocol Transport: Sendable {
    /// Sends `frame` to the node at `address` and returns its answer.
    ///
    /// It returns or throws within `timeout`. When the caller is cancelled or the time is up,
    /// the callee's handler is cancelled too, as soon as the word reaches it.
    func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8]

    /// Gives frames that arrive at `address` to `handler`, until ``stopListening(at:)``.
    func listen(at address: Address, _ handler: @escaping FrameHandler) async throws(TransportError)

    /// Takes no more frames at `address`; handlers that run go on.
    func stopListening(at address: Address) async
}

/// Answers a frame. It never fails: failures are answers too.
public typealias FrameHandler = @Sendable (_ frame: [UInt8]) async -> [UInt8]

/// Where a node listens, in the transport's own terms.
public struct Address: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
    /// The address, for example `127.0.0.1:6003` or a node's name.
    public let text: String

    /// Names an address.
    public init(_ text: String) { self.text = text }

    /// Names an address by a literal.
    public init(stringLiteral value: String) { text = value }
}

/// Why there is no answer frame.
public enum TransportError: Error, Hashable, Sendable {
    /// Nobody listens there: the frame was not handled.
    case unreachable
    /// The time is up: the frame may have been handled.
    case timedOut
    /// The connection broke: the frame may have been handled.
    case broken
    /// Too much waits on the way there: the frame was not sent.
    case saturated
    /// The caller was cancelled.
    case cancelled
}
