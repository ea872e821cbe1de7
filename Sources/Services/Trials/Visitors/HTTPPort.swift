/// A way to an installation by HTTP: a socket, or the simulated network.
public protocol HTTPPort: Sendable {
    /// Sends a request and returns its answer.
    func exchange(_ request: HTTPCall) async throws(NoAnswer) -> HTTPAnswer
}

/// The request got no answer; it may have taken effect.
public struct NoAnswer: Error, Hashable, Sendable {
    /// No answer came.
    public init() {}
}

/// A request.
public struct HTTPCall: Hashable, Sendable, Codable {
    /// `GET` or `POST`.
    public var method: String
    /// The path with its query.
    public var path: String
    /// Names and values, in order.
    public var headers: [[String]]
    /// The content.
    public var body: [UInt8]

    /// Describes a request.
    public init(method: String, path: String, headers: [[String]] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// An answer.
public struct HTTPAnswer: Hashable, Sendable, Codable {
    /// The status code.
    public var status: Int
    /// Names and values, in order.
    public var headers: [[String]]
    /// The content.
    public var body: [UInt8]

    /// Describes an answer.
    public init(status: Int, headers: [[String]], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name.
    public func header(_ name: String) -> String? {
        headers.first { $0.count == 2 && $0[0].lowercased() == name.lowercased() }?[1]
    }
}
