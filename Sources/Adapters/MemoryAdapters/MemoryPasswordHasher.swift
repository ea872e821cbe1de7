import Ports

/// A fast, deterministic stand-in for a password hasher. It protects nothing.
///
/// It exists so that a simulation of thousands of sign-ins takes no time: its hash is a 64-bit
/// FNV-1a sum that anybody can invert. No server links it.
public struct MemoryPasswordHasher: PasswordHasher {
    /// The scheme's name in the hashes, so that no other hasher takes one for its own.
    private static let scheme = "insecure-fnv1a"

    /// A hasher that protects nothing.
    public init() {}

    public func hash(_ password: String, salt: [UInt8]) async throws -> String {
        precondition(salt.count == 16, "a salt has 16 bytes")
        return Self.text(password, saltText: Self.hexadecimal(salt))
    }

    public func verify(_ password: String, against hash: String) async throws -> Bool {
        let fields = hash.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0].isEmpty, fields[1] == Self.scheme else {
            throw MemoryPasswordHashError.unreadable
        }
        return hash == Self.text(password, saltText: String(fields[2]))
    }

    private static func text(_ password: String, saltText: String) -> String {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(saltText.utf8) + Array(password.utf8) {
            sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return "$\(scheme)$\(saltText)$\(String(sum, radix: 16))"
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Why a hash could not be compared.
public enum MemoryPasswordHashError: Error, Sendable {
    /// It is none that ``MemoryPasswordHasher`` makes.
    case unreadable
}
