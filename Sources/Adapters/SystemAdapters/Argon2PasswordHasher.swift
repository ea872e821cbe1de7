import CArgon2
import Platform
import Ports

/// Hashes passwords by argon2id (RFC 9106), each in the node's place for long work.
public struct Argon2PasswordHasher: PasswordHasher {
    /// Bytes of the sum in a hash.
    private static let sumByteCount = 32

    private let parameters: Argon2Parameters
    private let offload: any Offload

    /// A hasher whose new hashes cost `parameters`.
    public init(_ parameters: Argon2Parameters = .recommended, offload: any Offload) {
        precondition(parameters.isWithin(.maximum), "a hash that is made can be verified")
        self.parameters = parameters
        self.offload = offload
    }

    public func hash(_ password: String, salt: [UInt8]) async throws -> String {
        precondition(salt.count == 16, "a salt has 16 bytes")
        return try await offload.run("password.hash") { [parameters] in
            try Self.hash(Array(password.utf8), salt, parameters)
        }
    }

    /// - Throws: ``Argon2Error/unreadable`` when `hash` is no argon2id hash within
    ///   ``Argon2Parameters/maximum``.
    public func verify(_ password: String, against hash: String) async throws -> Bool {
        guard let cost = Argon2Parameters(hash: hash), cost.isWithin(.maximum) else {
            throw Argon2Error.unreadable
        }
        return try await offload.run("password.verify") {
            let bytes = Array(password.utf8)
            let code = argon2id_verify(hash, bytes, bytes.count)
            switch argon2_error_codes(rawValue: code) {
            case ARGON2_OK: return true
            case ARGON2_VERIFY_MISMATCH: return false
            case ARGON2_MEMORY_ALLOCATION_ERROR: throw Argon2Error(code)
            default: throw Argon2Error.unreadable
            }
        }
    }

    private static func hash(
        _ password: [UInt8], _ salt: [UInt8], _ cost: Argon2Parameters
    ) throws -> String {
        let byteCount = argon2_encodedlen(
            cost.passCount, cost.memoryKibibyteCount, cost.laneCount, UInt32(salt.count),
            UInt32(sumByteCount), Argon2_id)
        var text = [CChar](repeating: 0, count: byteCount)
        let code = argon2id_hash_encoded(
            cost.passCount, cost.memoryKibibyteCount, cost.laneCount, password, password.count,
            salt, salt.count, sumByteCount, &text, byteCount)
        guard code == ARGON2_OK.rawValue else { throw Argon2Error(code) }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
