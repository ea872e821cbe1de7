import ArgumentParser
import ClusterNetwork
import Configuration
import Foundation
import RabbitMQAdapter

/// One setting of the command line, for example `address=10.0.0.7`.
struct SettingArgument: ExpressibleByArgument {
    let key: String
    let value: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, PodSettings.keys.contains(String(parts[0])) else { return nil }
        (key, value) = (String(parts[0]), String(parts[1]))
    }

    static var allValueStrings: [String] { PodSettings.keys.map { "\($0)=…" } }
}

/// The texts of a pod's settings, from wherever they come, and how they are read.
struct PodSettings {
    /// The names of all settings.
    static let keys = [
        "actor.port", "address", "consul", "consul.authority", "consul.token", "drain.delay",
        "http.port", "mail.folder", "mail.sender", "mongodb", "operator.port", "public.url",
        "rabbitmq", "rabbitmq.authority", "redis", "smtp", "smtp.authority", "tls.authority",
        "tls.certificate", "tls.key",
    ]

    private let config: ConfigReader

    init(given: [SettingArgument], file: String?) async throws {
        let values = given.map { argument in
            (
                AbsoluteConfigKey(
                    ["starchair"] + argument.key.split(separator: ".").map(String.init)),
                ConfigValue(.string(argument.value), isSecret: true)
            )
        }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(values: Dictionary(values) { _, last in last }),
            EnvironmentVariablesProvider(),
        ]
        if let file {
            do {
                providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(file)))
            } catch {
                throw Failure("the settings in \(file) cannot be read: \(error)")
            }
        }
        config = ConfigReader(providers: providers).scoped(to: "starchair")
    }

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
