import Platform

/// Where the server is, how one speaks with it, and how long it may take.
public struct SMTPConfiguration: Hashable, Sendable {
    /// What keeps others from reading and changing letters on their way.
    public enum Security: Hashable, Sendable {
        /// TLS after the greeting; without it nothing is said (RFC 3207).
        case startTLS
        /// TLS from the first byte (RFC 8314).
        case implicitTLS
        /// Nothing: for a server on the same machine.
        case none
    }

    /// How long is waited.
    public struct Timeouts: Hashable, Sendable {
        /// For a connection, its greeting and TLS included.
        public var connect = Duration.seconds(15)
        /// For each answer.
        public var answer = Duration.seconds(60)
        /// For a letter as a whole.
        public var letter = Duration.seconds(300)

        /// Enough for a server that looks into the letters.
        public init() {}
    }

    /// The longest timeout, in all its forms.
    public static let timeoutMaximum = Duration.seconds(600)

    /// The name or address of the server; its certificate must have it.
    public var host: String
    /// The server's port.
    public var port: Int
    /// What keeps others out.
    public var security: Security
    /// Whom the server takes us for; nil when it asks nobody.
    public var credentials: SMTPCredentials?
    /// A file with the certificates of the authorities to trust, instead of the system's.
    public var authorityFile: String?
    /// Who we say that we are.
    public var clientName: String
    /// How long is waited.
    public var timeouts = Timeouts()

    /// Describes a server at the usual port for `security`.
    public init(host: String, security: Security, clientName: String) {
        self.host = host
        self.security = security
        self.clientName = clientName
        port =
            switch security {
            case .startTLS: 587
            case .implicitTLS: 465
            case .none: 25
            }
    }

    static let rules = ConfigurationRules(of: "SMTP")

    /// Throws the first setting that cannot be used.
    public func check() throws(ConfigurationError) {
        for (setting, name) in [("host", host), ("client's name", clientName)] {
            try SMTPConfiguration.rules.require(
                (1...253).contains(name.utf8.count) && name.utf8.allSatisfy(Self.isNameByte),
                setting, "a name or an address")
        }
        try SMTPConfiguration.rules.require((1...65_535).contains(port), "port", "1 to 65535")
        try SMTPConfiguration.rules.require(
            credentials == nil || security != .none, "password", "sent over TLS only")
        if let authorityFile {
            try SMTPConfiguration.rules.require(
                !authorityFile.isEmpty && !authorityFile.utf8.contains(0),
                "file of the authorities", "a path")
        }
        let waits = [
            ("timeout of a connection", timeouts.connect),
            ("timeout of an answer", timeouts.answer),
            ("timeout of a letter", timeouts.letter),
        ]
        for (setting, wait) in waits {
            try SMTPConfiguration.rules.require(
                wait >= .milliseconds(1) && wait <= Self.timeoutMaximum, setting,
                "1 ms to \(Self.timeoutMaximum)")
        }
        try credentials?.check()
    }

    /// The server and the client's name in libcurl's form.
    var url: String {
        let scheme = security == .implicitTLS ? "smtps" : "smtp"
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(host):\(port)/\(clientName)"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
