import Platform

/// Where the broker is and how much is asked of it.
public struct RabbitMQConfiguration: Hashable, Sendable {
    /// How long is waited.
    public struct Timeouts: Hashable, Sendable {
        /// For a connection, from its first packet until its queues are declared, and for its
        /// orderly end.
        public var connect = Duration.seconds(5)
        /// For a confirmation, from the moment at which an event was sent.
        public var confirm = Duration.seconds(10)
        /// Between two signs of life, in whole seconds; a silence twice as long ends a connection.
        public var heartbeat = Duration.seconds(10)
        /// The longest rest between two attempts to connect.
        public var restMaximum = Duration.seconds(1)

        /// Enough within one data centre.
        public init() {}
    }

    /// How what is sent is kept from others.
    public enum Encryption: Hashable, Sendable {
        /// Not at all, as suits a network that nobody else is on.
        case none
        /// By TLS 1.2 or later. The broker's certificate must name ``host``, which an address
        /// is not enough for, and come from an authority in this file in PEM form.
        case tls(authorityFile: String)
    }

    /// The longest timeout, in all its forms.
    public static let timeoutMaximum = Duration.seconds(60)
    /// Bytes in the prefix of all names.
    public static let prefixByteCountMaximum = 32
    /// The most publications that may wait, whatever is configured.
    public static let publicationCountLimit = 65_536

    /// The name or address of the broker.
    public var host: String
    /// The broker's port.
    public var port = 5672
    /// How the way there is protected.
    public var encryption = Encryption.none
    /// The part of the broker that is used.
    public var virtualHost = "/"
    /// Whom the broker takes it for.
    public var credentials: RabbitMQCredentials
    /// What the names of all queues and exchanges begin with, so that one broker can serve several
    /// installations.
    public var namePrefix = "starchair."
    /// How long is waited.
    public var timeouts = Timeouts()
    /// How much a queue keeps; a queue that exists keeps the bounds that it was declared with.
    public var bounds = QueueBounds()
    /// Publications that wait or are not confirmed yet; one more is refused at once.
    public var publicationCountMaximum = 1024
    /// Bytes of their payloads.
    public var publicationByteCountMaximum = 64 << 20

    /// Describes a broker at the usual port.
    public init(host: String, credentials: RabbitMQCredentials) {
        self.host = host
        self.credentials = credentials
    }

    static let rules = ConfigurationRules(of: "RabbitMQ")

    /// Throws the first setting that cannot be used.
    public func check() throws(ConfigurationError) {
        try checkPlace()
        try RabbitMQConfiguration.rules.require(
            (1...Self.publicationCountLimit).contains(publicationCountMaximum),
            "number of publications", "1 to \(Self.publicationCountLimit)")
        try RabbitMQConfiguration.rules.require(
            (1...1 << 30).contains(publicationByteCountMaximum), "bytes of publications",
            "1 to \(1 << 30)")
        let waits = [
            ("timeout of a connection", timeouts.connect),
            ("timeout of a confirmation", timeouts.confirm),
            ("rest between two attempts", timeouts.restMaximum),
        ]
        for (setting, wait) in waits {
            try RabbitMQConfiguration.rules.require(
                wait >= .milliseconds(1) && wait <= Self.timeoutMaximum, setting,
                "1 ms to \(Self.timeoutMaximum)")
        }
        try RabbitMQConfiguration.rules.require(
            timeouts.heartbeat >= .seconds(1) && timeouts.heartbeat <= Self.timeoutMaximum,
            "time between two signs of life", "1 s to \(Self.timeoutMaximum)")
        try bounds.check()
        try credentials.check()
    }

    private func checkPlace() throws(ConfigurationError) {
        try RabbitMQConfiguration.rules.require(
            (1...253).contains(host.utf8.count) && !host.utf8.contains(0), "host",
            "a name of 1 to 253 bytes")
        try RabbitMQConfiguration.rules.require(
            (1...65_535).contains(port), "port", "1 to 65535")
        if case .tls(let file) = encryption {
            try RabbitMQConfiguration.rules.require(
                !file.isEmpty && !file.utf8.contains(0), "file of authorities", "a path")
        }
        try RabbitMQConfiguration.rules.require(
            (1...255).contains(virtualHost.utf8.count) && !virtualHost.utf8.contains(0),
            "virtual host", "a name of 1 to 255 bytes")
        try RabbitMQConfiguration.rules.require(
            (1...Self.prefixByteCountMaximum).contains(namePrefix.utf8.count)
                && !namePrefix.hasPrefix("amq.") && !namePrefix.utf8.contains(0),
            "prefix of names",
            "1 to \(Self.prefixByteCountMaximum) bytes that do not begin with amq.")
    }
}
