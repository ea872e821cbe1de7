/// How to reach a MongoDB replica set, and for how long to try.
public struct MongoConfiguration: Sendable {
    /// The connection string (mongodb.com/docs/manual/reference/connection-string); it may hold a
    /// password, so it belongs in no log.
    public var uri: String
    /// Clients at the same time, 1 or more: as many as the offload has threads.
    public var clientCountMaximum = 4
    /// How long an operation waits for a thread; then it is unavailable.
    public var queueTimeout = Duration.seconds(5)
    /// How long an operation looks for a primary and a connection to it.
    public var selectionTimeout = Duration.seconds(2)
    /// How long the server works on one command.
    public var commandTimeout = Duration.seconds(5)
    /// How long a commit is tried again after a fault or a collision, from its start.
    public var commitTimeout = Duration.seconds(10)

    /// Describes a replica set by its connection string.
    public init(uri: String) { self.uri = uri }
}
