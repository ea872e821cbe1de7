import MemoryAdapters
import Ports

/// A simulated cache as one node uses it.
struct SimulatedCacheClient: SessionCache {
    let cache: SimulatedCache
    let node: SimulatedNode

    func value(for key: String) async throws(CacheError) -> [UInt8]? {
        try CacheLimits.check(key)
        return try await perform(isChange: false) { [cache, node] in
            cache.value(for: CacheTable.Key(key), of: node)
        }
    }

    func set(
        _ value: [UInt8], for key: String, expiry: Duration
    ) async throws(CacheError) {
        try CacheLimits.check(value, for: key, expiry: expiry)
        try await perform(isChange: true) { [cache, node] in
            cache.change(CacheTable.Key(key), (bytes: value, expiry: expiry), of: node)
        }
    }

    func remove(_ key: String) async throws(CacheError) {
        try CacheLimits.check(key)
        try await perform(isChange: true) { [cache, node] in
            cache.change(CacheTable.Key(key), nil, of: node)
        }
    }

    private func perform<Value: Sendable>(
        isChange: Bool, _ operation: @escaping () -> Value
    ) async throws(CacheError) -> Value {
        do throws(StoreError) {
            return try await cache.perform(for: node, isChange: isChange) {
                .success(operation())
            }
        } catch {
            throw .unavailable
        }
    }
}
