import CArgon2

/// Why a password was not hashed or compared.
public enum Argon2Error: Error, Hashable, Sendable {
    /// The stored hash is no argon2id hash, or asks for more than is allowed.
    case unreadable
    /// The library failed; the text is its own.
    case failed(String)

    /// What the library's code says.
    init(_ code: Int32) {
        self = .failed(String(cString: argon2_error_message(code)))
    }
}
