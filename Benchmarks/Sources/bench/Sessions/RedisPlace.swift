import Foundation
import RedisAdapter

/// Where Redis is, and its password.
struct RedisPlace: Sendable {
    let host: String
    let port: Int
    let password: String

    /// Reads `redis://:password@host:port`.
    init(_ text: String) throws {
        guard let parts = URLComponents(string: text), let host = parts.host,
            let port = parts.port, let password = parts.password
        else { throw PeerFailure("'\(text)' is no address of Redis") }
        (self.host, self.port, self.password) = (host, port, password)
    }

    var configuration: RedisConfiguration {
        var configuration = RedisConfiguration(host: host)
        configuration.port = port
        configuration.credentials = RedisCredentials(password: password)
        return configuration
    }
}
