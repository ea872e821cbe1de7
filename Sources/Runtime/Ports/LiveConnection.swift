/// A connection to one open page, over which both sides send short texts at any time.
///
/// Whoever holds it sends and receives from one task each. Nothing is kept for a page that does
/// not read: what it missed, it asks for when it comes back.
public protocol LiveConnection: Sendable {
    /// Returns when the text is on its way; waits, within a bound, for a page that reads slowly.
    func send(_ text: String) async throws(LiveError)

    /// The next text that the page sent; nil when it closed the connection.
    func receive() async throws(LiveError) -> String?

    /// Closes the connection, saying why.
    func close(_ reason: LiveCloseReason) async
}

/// Bounds of live connections.
public enum LiveLimits {
    /// Bytes of one text that a page may send.
    public static let textByteCountMaximum = 4096
    /// How long a page may leave a text unread.
    public static let sendTimeout = Duration.seconds(10)
}

/// Why a live connection is of no use any more.
public enum LiveError: Error, Hashable, Sendable {
    /// It broke or was closed.
    case closed
    /// The page does not read what it is sent.
    case slow
    /// The page sent what it must not: not text, too much, or against the protocol.
    case malformed(LiveCloseReason)
}

/// Why a side closes a live connection (RFC 6455, section 7.4.1).
public enum LiveCloseReason: UInt16, Hashable, Sendable, CaseIterable {
    /// All was said.
    case normal = 1000
    /// The server stops; come back.
    case goingAway = 1001
    /// The protocol was broken.
    case protocolError = 1002
    /// Something else than text came.
    case unsupportedData = 1003
    /// What came is no text of its encoding.
    case invalidText = 1007
    /// The session is over, or the page asked for what it may not.
    case policyViolation = 1008
    /// What came is too large.
    case tooLarge = 1009
    /// The server cannot serve it now; come back.
    case tryAgainLater = 1013
}
