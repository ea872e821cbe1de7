/// What happened to a connection, for a log.
public enum RedisConnectionEvent: Hashable, Sendable {
    /// The server has greeted.
    case connected
    /// There is no connection; the text says why, in the server's or the system's words.
    case failed(String)
}
