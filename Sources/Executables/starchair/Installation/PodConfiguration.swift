import ClusterNetwork
import Foundation
import RabbitMQAdapter

/// What a pod is told: by its command line, by environment variables, and by a file for the rest.
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

    /// Reads all settings; what is given here goes before the environment, and that before the
    /// file.
    ///
    /// - Parameter file: a JSON file whose object `starchair` has the settings by their names.
    /// - Throws: ``SettingError`` for the first that is missing or cannot be used.
    init(given: [SettingArgument] = [], file: String? = nil) async throws {
        try self.init(try await PodSettings(given: given, file: file))
    }

    private init(_ reader: PodSettings) throws {
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
}

extension RabbitMQConfiguration.Encryption {
    fileprivate var authorityFile: String? {
        if case .tls(let file) = self { file } else { nil }
    }
}
