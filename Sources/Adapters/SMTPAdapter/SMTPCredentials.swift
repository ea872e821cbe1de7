import Platform

/// Whom a server takes a connection for; what is written of it in a log says nothing.
public struct SMTPCredentials: Hashable, Sendable {
    /// Bytes in a user's name or a password.
    public static let byteCountMaximum = 512

    /// The user's name.
    public let user: String
    /// The password.
    let password: String

    /// Describes somebody with a password.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    func check() throws(ConfigurationError) {
        for (setting, text) in [("user's name", user), ("password", password)] {
            try SMTPConfiguration.rules.require(
                (1...Self.byteCountMaximum).contains(text.utf8.count) && !text.utf8.contains(0),
                setting, "1 to \(Self.byteCountMaximum) bytes")
        }
    }
}

extension SMTPCredentials: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    public var description: String { "credentials" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
