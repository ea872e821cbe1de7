import Platform

/// Whom a server takes a connection for; what is written of it in a log says nothing.
public struct RedisCredentials: Hashable, Sendable {
    /// Bytes in a user's name or a password.
    public static let byteCountMaximum = 512

    /// The user of an access list (Redis 6 and later); nil for the one without a name.
    public let user: String?
    /// The password.
    let password: String

    /// Describes somebody with a password.
    public init(user: String? = nil, password: String) {
        self.user = user
        self.password = password
    }

    func check() throws(ConfigurationError) {
        let range = 1...Self.byteCountMaximum
        for (setting, text) in [("user's name", user ?? "default"), ("password", password)] {
            try RedisConfiguration.rules.require(
                range.contains(text.utf8.count), setting, "1 to \(range.upperBound) bytes")
        }
    }
}

extension RedisCredentials: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    public var description: String { "credentials" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
