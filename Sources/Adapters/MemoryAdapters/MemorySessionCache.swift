import Platform
import Ports
import Synchronization

/// A cache in the memory of one process, which forgets what was set least recently first.
public final class MemorySessionCache: SessionCache {
    private let guarded: Mutex<CacheTable>
    private let clock: any NodeClock

    /// An empty cache.
    public init(platform: Platform, bounds: CacheTable.Bounds = CacheTable.Bounds()) {
        guarded = Mutex(CacheTable(bounds))
        clock = platform.clock
    }

    /// Entries, those that expired unnoticed included.
    public var count: Int { guarded.withLock { $0.count } }

    public func value(for key: String) async throws(CacheError) -> [UInt8]? {
        try CacheLimits.check(key)
        let now = clock.uptime
        return guarded.withLock { $0.value(for: CacheTable.Key(key), at: now) }
    }

    public func set(
        _ value: [UInt8], for key: String, expiry: Duration
    ) async throws(CacheError) {
        try CacheLimits.check(value, for: key, expiry: expiry)
        let end = clock.uptime + expiry
        guarded.withLock { $0.set(value, for: CacheTable.Key(key), until: end) }
    }

    public func remove(_ key: String) async throws(CacheError) {
        try CacheLimits.check(key)
        guarded.withLock { $0.remove(CacheTable.Key(key)) }
    }
}
