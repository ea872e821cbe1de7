import Platform

/// Where the server is and how much is asked of it.
public struct RedisConfiguration: Hashable, Sendable {
    /// How long is waited.
    public struct Timeouts: Hashable, Sendable {
        /// For a connection, from its first packet to the end of its greeting.
        public var connect = Duration.seconds(1)
        /// For an operation, from the call until its reply.
        public var operation = Duration.seconds(1)
        /// The longest rest between two attempts to connect.
        public var restMaximum = Duration.seconds(2)

        /// Enough within one data centre.
        public init() {}
    }

    /// The longest timeout, in all its forms.
    public static let timeoutMaximum = Duration.seconds(60)
    /// Bytes in the prefix of the keys.
    public static let prefixByteCountMaximum = 64
    /// The highest number of a database.
    public static let databaseNumberMaximum = 16_383
    /// The most that may wait, whatever is configured.
    public static let requestCountLimit = 65_536

    /// The name or address of the server.
    public var host: String
    /// The server's port.
    public var port = 6379
    /// The database's number.
    public var database = 0
    /// Whom the server takes it for; nil when it asks nobody.
    public var credentials: RedisCredentials?
    /// What all keys begin with, so that one server can serve several installations.
    public var keyPrefix = "starchair:"
    /// How long is waited.
    public var timeouts = Timeouts()
    /// Operations that wait or are under way; one more is refused at once.
    public var requestCountMaximum = 1024

    /// Describes a server at the usual port.
    public init(host: String) { self.host = host }

    static let rules = ConfigurationRules(of: "Redis")

    /// Throws the first setting that cannot be used.
    public func check() throws(ConfigurationError) {
        try RedisConfiguration.rules.require(
            (1...253).contains(host.utf8.count) && !host.utf8.contains(0), "host",
            "a name of 1 to 253 bytes")
        try RedisConfiguration.rules.require((1...65_535).contains(port), "port", "1 to 65535")
        try RedisConfiguration.rules.require(
            (0...Self.databaseNumberMaximum).contains(database), "database",
            "0 to \(Self.databaseNumberMaximum)")
        try RedisConfiguration.rules.require(
            keyPrefix.utf8.count <= Self.prefixByteCountMaximum, "prefix of the keys",
            "at most \(Self.prefixByteCountMaximum) bytes")
        try RedisConfiguration.rules.require(
            (1...Self.requestCountLimit).contains(requestCountMaximum), "number of operations",
            "1 to \(Self.requestCountLimit)")
        let waits = [
            ("timeout of a connection", timeouts.connect),
            ("timeout of an operation", timeouts.operation),
            ("rest between two attempts", timeouts.restMaximum),
        ]
        for (setting, wait) in waits {
            try RedisConfiguration.rules.require(
                wait >= .milliseconds(1) && wait <= Self.timeoutMaximum, setting,
                "1 ms to \(Self.timeoutMaximum)")
        }
        try credentials?.check()
    }
}
