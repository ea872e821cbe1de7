import Crypto
import Platform

/// A file's content as it is read, part by part.
public struct ContentHash {
    private var hash = SHA256()
    /// Bytes that were read.
    public private(set) var byteCount: Int64 = 0

    /// Nothing was read yet.
    public init() {}

    /// Takes the next bytes.
    public mutating func add(_ bytes: [UInt8]) {
        hash.update(data: bytes)
        byteCount += Int64(bytes.count)
    }

    /// What was read.
    public var content: StoredState.Content {
        StoredState.Content(byteCount: byteCount, sha256: hash.finalize().hexadecimal)
    }
}
