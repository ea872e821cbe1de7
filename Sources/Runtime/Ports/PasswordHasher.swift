/// Turns passwords into what may be stored, with a memory-hard function.
public protocol PasswordHasher: Sendable {
    /// A salted hash that names its own parameters (the PHC string format).
    ///
    /// - Parameter salt: 16 random bytes.
    func hash(_ password: String, salt: [UInt8]) async throws -> String

    /// Whether `password` gives `hash`, compared in constant time.
    func verify(_ password: String, against hash: String) async throws -> Bool
}
