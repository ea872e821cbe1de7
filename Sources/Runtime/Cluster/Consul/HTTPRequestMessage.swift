/// A whole HTTP request.
public struct HTTPRequestMessage: Hashable, Sendable {
    /// What is to be done with the target.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// Reads.
        case get = "GET"
        /// Writes or does.
        case put = "PUT"
        /// Sends.
        case post = "POST"
        /// Removes.
        case delete = "DELETE"
    }

    /// What is to be done.
    public var method: Method
    /// The server that is asked, as host and port.
    public var authority: String
    /// Path and query, percent-encoded, from the first slash.
    public var target: String
    /// Header fields by their names in lower case.
    public var headers: [String: String]
    /// The content.
    public var body: [UInt8]
    /// The longest content of an answer that is read, in bytes.
    public var answerByteCountMaximum: Int

    /// A request without content.
    public init(
        _ method: Method, at authority: String, _ target: String,
        answerByteCountMaximum: Int = 4 << 20
    ) {
        self.method = method
        self.authority = authority
        self.target = target
        self.answerByteCountMaximum = answerByteCountMaximum
        headers = [:]
        body = []
    }
}
