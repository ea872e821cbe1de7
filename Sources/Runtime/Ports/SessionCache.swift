import Platform

/// Short-lived answers of an authority, shared by the processes that ask it often.
///
/// It is a hint and never the authority. It may forget anything at any time. It may remember what
/// was replaced or removed: after a fail-over the last acknowledged changes can be undone, so
/// that a removed value lives again, and the cache's clock, not the caller's, decides how long a
/// value lives. Whoever must not be told something old keeps in the value itself what shows its
/// age, or asks the authority.
public protocol SessionCache: Sendable {
    /// The value that was set last and has not expired, as far as the cache remembers; nil when
    /// it has none.
    func value(for key: String) async throws(CacheError) -> [UInt8]?

    /// Keeps a value, in place of an earlier one, for at most `expiry` by the cache's clock.
    ///
    /// - Parameter expiry: 1 ms to ``CacheLimits/expiryMaximum``; finer is cut off.
    func set(_ value: [UInt8], for key: String, expiry: Duration) async throws(CacheError)

    /// Forgets a value; one that is not there is forgotten already.
    func remove(_ key: String) async throws(CacheError)
}

/// Why a cache did not answer.
public enum CacheError: Error, Hashable, Sendable {
    /// The cache cannot be reached or does not answer; a change may or may not have been made.
    case unavailable
    /// What was asked breaks a bound of ``CacheLimits``; the text names it.
    case limit(String)
}

/// Bounds that every cache keeps.
public enum CacheLimits {
    /// Bytes in a key, 1 or more.
    public static let keyByteCountMaximum = 512
    /// Bytes in a value.
    public static let valueByteCountMaximum = 64 << 10
    /// The longest life of a value.
    public static let expiryMaximum = Duration.seconds(30 * 24 * 3600)

    /// Throws the bound that setting this value breaks.
    public static func check(
        _ value: [UInt8], for key: String, expiry: Duration
    ) throws(CacheError) {
        try check(key)
        guard value.count <= valueByteCountMaximum else {
            throw .limit("a value has at most \(valueByteCountMaximum) bytes")
        }
        guard expiry >= .milliseconds(1), expiry <= expiryMaximum else {
            throw .limit("a value lives 1 ms to \(expiryMaximum)")
        }
    }

    /// Throws the bound that this key breaks.
    public static func check(_ key: String) throws(CacheError) {
        guard (1...keyByteCountMaximum).contains(key.utf8.count) else {
            throw .limit("a key has 1 to \(keyByteCountMaximum) bytes")
        }
    }
}
