import HTTPTypes
import Ports

/// Where pages ask for a live connection, and what becomes of it.
public struct LiveEndpoint: Sendable {
    let path: String
    let admit: @Sendable (HTTPRequest) async -> LiveAdmission

    /// An endpoint at a path.
    ///
    /// - Parameters:
    ///   - path: the whole path, without a query, as in `/ws`.
    ///   - admit: decides from the request's head (cookies, origin, query) before anything is
    ///     upgraded; it is asked only about handshakes that keep to the protocol.
    public init(path: String, admit: @escaping @Sendable (HTTPRequest) async -> LiveAdmission) {
        self.path = path
        self.admit = admit
    }
}

/// What a page that asks for a live connection is told.
public enum LiveAdmission: Sendable {
    /// Nothing is upgraded; the page gets an ordinary response.
    case refused(LiveRefusal)
    /// The page gets its connection, which lasts until `serve` returns.
    ///
    /// `serve` returns soon after its connection has ended: then what it sends and receives
    /// throws, and its task is cancelled.
    case admitted(serve: @Sendable (any LiveConnection) async -> Void)
}

/// The ordinary response to a page that gets no live connection.
public struct LiveRefusal: Sendable {
    /// Such as 401, 403 or 503.
    public var status: HTTPResponse.Status
    /// The type of the body.
    public var mediaType: String
    /// The body's bytes.
    public var body: [UInt8]

    /// A response with a body.
    public init(status: HTTPResponse.Status, mediaType: String, body: [UInt8]) {
        self.status = status
        self.mediaType = mediaType
        self.body = body
    }
}
