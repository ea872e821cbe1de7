/// A whole HTTP answer.
public struct HTTPResponseMessage: Hashable, Sendable {
    /// The status code.
    public var status: Int
    /// Header fields by their names in lower case.
    public var headers: [String: String]
    /// The content.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
