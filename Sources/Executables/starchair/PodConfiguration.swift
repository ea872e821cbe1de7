import ClusterNetwork
import Configuration
import Foundation
import RabbitMQAdapter

/// What a pod is told: by environment variables, or by a file for those that are not set there.
struct PodConfiguration: Sendable {
    /// The pod's own address, where other pods reach it.
    var address: String
    /// Where it listens for other pods.
    var actorPort: Int
    /// Where it listens for people; nil takes the port of each service.
    var httpPort: Int?
    /// Where its operator's tools ask how it is.
    var operatorPort: Int
    /// The HTTP address of a Consul agent, as host and port.
    var consul: String
    var consulEncryption: ConsulEncryption
    var consulToken: String?
    var mongoDB: String
    var redis: ServerURL
    var rabbitMQ: ServerURL
    var rabbitMQEncryption: RabbitMQConfiguration.Encryption
    var publicURL: String
    /// The folder that letters are spooled in.
    var mailFolder: String
    /// Where letters go from there; nil leaves them.
    var mailServer: OutgoingMail.Server?
    var tls: TLSFiles.Paths?
    /// How long the pod goes on answering after it has left the registry.
    var drainDelay: Duration

    /// The environment variable that sets `key`.
    static func name(of key: String) -> String {
        "STARCHAIR_" + key.replacing(".", with: "_").uppercased()
    }

    /// Reads all settings.
    ///
    /// - Parameter file: a JSON file whose object `starchair` has the settings by their names.
    /// - Throws: ``SettingError`` for the first that is missing or cannot be used.
    init(file: String?) async throws {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
        if let file {
            do {
                providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(file)))
            } catch {
                throw Failure("the settings in \(file) cannot be read: \(error)")
            }
        }
        self = try Self(Reader(config: ConfigReader(providers: providers).scoped(to: "starchair")))
    }

    private init(_ reader: Reader) throws {
        address = try reader.text("address")
        actorPort = try reader.port("actor.port", default: 6000)
        httpPort = try reader.optionalPort("http.port")
        operatorPort = try reader.port("operator.port", default: 6001)
        (consul, consulEncryption) = try reader.consul()
        consulToken = reader.optionalText("consul.token")
        mongoDB = try reader.text("mongodb")
        redis = try ServerURL(
            reader.text("redis"), scheme: "redis", defaultPort: 6379, key: "redis")
        (rabbitMQ, rabbitMQEncryption) = try reader.rabbitMQ()
        publicURL = try reader.text("public.url")
        guard let url = URL(string: publicURL), ["http", "https"].contains(url.scheme),
            url.host() != nil, !publicURL.hasSuffix("/")
        else {
            throw SettingError(
                "public.url",
                "must be like https://conference.example.org, without a slash at the end")
        }
        mailFolder = try reader.text("mail.folder")
        mailServer = try OutgoingMail.Server(
            smtp: reader.optionalText("smtp"), sender: reader.optionalText("mail.sender"),
            authority: reader.optionalText("smtp.authority"))
        tls = try reader.tls()
        drainDelay = .seconds(try reader.number("drain.delay", in: 0...300, default: 3))
    }

    /// The settings for people, without secrets, a line each.
    var lines: [String] {
        let values: [(String, String)] = [
            ("address", address), ("actor.port", "\(actorPort)"),
            ("http.port", httpPort.map(String.init) ?? "of each service"),
            ("operator.port", "\(operatorPort)"), ("consul", consulEncryption.scheme + consul),
            ("consul.authority", consulEncryption.authorityText),
            ("consul.token", consulToken == nil ? "none" : "***"),
            ("mongodb", Self.masked(mongoDB)), ("redis", redis.masked),
            ("rabbitmq", rabbitMQ.masked),
            ("rabbitmq.authority", rabbitMQEncryption.authorityFile ?? "none"),
            ("public.url", publicURL),
            ("mail.folder", mailFolder), ("smtp", mailServer?.url.masked ?? "none"),
            ("smtp.authority", mailServer?.authority ?? "of the system"),
            ("mail.sender", mailServer?.sender.text ?? "none"),
            ("tls.certificate", tls?.certificate ?? "none"),
            ("drain.delay", "\(drainDelay.components.seconds)"),
        ]
        return values.map { "\(Self.name(of: $0.0)) = \($0.1)" }
    }

    /// A connection string without its user and password.
    private static func masked(_ uri: String) -> String {
        guard let at = uri.lastIndex(of: "@"), let slashes = uri.range(of: "//") else {
            return uri
        }
        return uri[..<slashes.upperBound] + "***" + uri[at...]
    }

    private struct Reader {
        let config: ConfigReader

        func optionalText(_ key: String) -> String? {
            config.string(forKey: ConfigKey(key), isSecret: true)
        }

        func text(_ key: String) throws -> String {
            guard let text = optionalText(key), !text.isEmpty else {
                throw SettingError(key, "is missing")
            }
            return text
        }

        func number(
            _ key: String, in range: ClosedRange<Int>, default value: Int? = nil
        ) throws -> Int {
            guard let text = optionalText(key) else {
                guard let value else { throw SettingError(key, "is missing") }
                return value
            }
            guard let number = Int(text), range.contains(number) else {
                throw SettingError(
                    key, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }

        func port(_ key: String, default value: Int) throws -> Int {
            try number(key, in: 1...65_535, default: value)
        }

        func optionalPort(_ key: String) throws -> Int? {
            optionalText(key) == nil ? nil : try number(key, in: 1...65_535)
        }

        func consul() throws -> (place: String, ConsulEncryption) {
            let text = try text("consul")
            let encryption = ConsulEncryption(
                isOn: text.hasPrefix("https://"), authorityFile: optionalText("consul.authority"))
            guard encryption.isOn || encryption.authorityFile == nil else {
                throw SettingError("consul.authority", "is for https:// alone")
            }
            let place =
                ["https://", "http://"].first { text.hasPrefix($0) }
                .map { String(text.dropFirst($0.count)) } ?? text
            guard let parts = URLComponents(string: "//" + place), parts.host?.isEmpty == false,
                let port = parts.port, (1...65_535).contains(port), parts.path.isEmpty,
                parts.user == nil, parts.query == nil, parts.fragment == nil
            else { throw SettingError("consul", "must be like 10.0.0.7:8500 or https://host:8501") }
            return (place, encryption)
        }

        /// The authorities that Debian trusts.
        private static let authorityFile = "/etc/ssl/certs/ca-certificates.crt"

        func rabbitMQ() throws -> (ServerURL, RabbitMQConfiguration.Encryption) {
            let text = try text("rabbitmq")
            let authority = optionalText("rabbitmq.authority")
            guard text.hasPrefix("amqps://") else {
                guard authority == nil else {
                    throw SettingError("rabbitmq.authority", "is for amqps:// alone")
                }
                return (
                    try ServerURL(text, scheme: "amqp", defaultPort: 5672, key: "rabbitmq"), .none
                )
            }
            return (
                try ServerURL(text, scheme: "amqps", defaultPort: 5671, key: "rabbitmq"),
                .tls(authorityFile: authority ?? Self.authorityFile)
            )
        }

        func tls() throws -> TLSFiles.Paths? {
            let keys = ["tls.certificate", "tls.key", "tls.authority"]
            let paths = keys.compactMap(optionalText)
            guard !paths.isEmpty else { return nil }
            guard paths.count == keys.count else {
                throw SettingError(
                    "tls.certificate", "is set together with tls.key and tls.authority")
            }
            return TLSFiles.Paths(certificate: paths[0], key: paths[1], authority: paths[2])
        }
    }
}

/// How the way to Consul's agent is protected.
struct ConsulEncryption {
    let isOn: Bool
    /// The authorities to trust instead of the system's.
    let authorityFile: String?

    fileprivate var scheme: String { isOn ? "https://" : "http://" }

    fileprivate var authorityText: String {
        isOn ? authorityFile ?? "of the system" : "none"
    }

    /// The way there.
    func exchange() throws -> HTTPClientExchange {
        guard isOn else { return HTTPClientExchange() }
        do {
            return try HTTPClientExchange(trusting: authorityFile)
        } catch {
            throw SettingError("consul.authority", "cannot be used: \(error)")
        }
    }
}

extension RabbitMQConfiguration.Encryption {
    fileprivate var authorityFile: String? {
        if case .tls(let file) = self { file } else { nil }
    }
}
