/// What happened to a connection, for a log.
public enum RabbitMQConnectionEvent: Hashable, Sendable {
    /// The connection for publishing is open.
    case connected
    /// A connection could not be opened or has ended; the text says why, in the words of the
    /// broker or the driver.
    case failed(String)
    /// The broker has an alarm and takes no publications, or takes them again.
    case blocked(Bool)
    /// A queue exists with other bounds than the configured ones, and keeps its own.
    case keepsItsBounds(queue: String)
}
