import Foundation
import Platform

/// What the servers and their clients know and nobody else: drawn once for each cluster.
struct ClusterSecrets: Codable, Hashable, Sendable {
    let redisPassword: String
    let rabbitMQUser: String
    let rabbitMQPassword: String
    let erlangCookie: String

    private static let byteCount = 24

    /// Draws new ones.
    init(_ random: any RandomSource) {
        func secret(_ purpose: RandomPurpose) -> String {
            random.bytes(Self.byteCount, for: purpose).hexadecimal
        }
        redisPassword = secret("redis password")
        rabbitMQUser = "starchair"
        rabbitMQPassword = secret("rabbitmq password")
        erlangCookie = secret("erlang cookie")
    }

    /// Those of a file, which is written when it is not there.
    init(at path: String, _ random: any RandomSource) throws {
        if let bytes = FileManager.default.contents(atPath: path) {
            self = try JSONDecoder().decode(Self.self, from: bytes)
            return
        }
        self.init(random)
        try PrivateFile.write(
            String(decoding: try JSONEncoder().encode(self), as: UTF8.self), to: path)
    }
}
