import Ports

/// A planted deviation: an empty value reads as none.
struct EmptyLosingCache: SessionCache {
    let cache: any SessionCache

    init(_ cache: any SessionCache) { self.cache = cache }

    func value(for key: String) async throws(CacheError) -> [UInt8]? {
        let value = try await cache.value(for: key)
        return value?.isEmpty == true ? nil : value
    }

    func set(
        _ value: [UInt8], for key: String, expiry: Duration
    ) async throws(CacheError) {
        try await cache.set(value, for: key, expiry: expiry)
    }

    func remove(_ key: String) async throws(CacheError) { try await cache.remove(key) }
}
