import Foundation
import RedisAdapter

/// Where Redis is, and its password.
struct RedisAddress: Sendable {
    private let host: String
    private let port: Int
    private let password: String

    /// Reads `redis://:password@host:port`.
    init(_ text: String) throws {
        guard let parts = URLComponents(string: text), let host = parts.host else {
            throw Unusable(text)
        }
        (self.host, port, password) = (host, parts.port ?? 6379, parts.password ?? "")
    }

    func configuration(_ prefix: String) -> RedisConfiguration {
        var configuration = RedisConfiguration(host: host)
        configuration.port = port
        if !password.isEmpty { configuration.credentials = RedisCredentials(password: password) }
        configuration.keyPrefix = prefix
        return configuration
    }
}
