import Platform
import Ports

/// What a cache remembers, as a plain value: who guards it tells the time.
///
/// When a bound is reached the entry that was set least recently goes first.
public struct CacheTable: Sendable {
    /// How much a cache keeps.
    public struct Bounds: Hashable, Sendable {
        /// Entries.
        public var countMaximum = 100_000
        /// Bytes of keys and values.
        public var byteCountMaximum = 64 << 20

        /// Enough for the sessions of a large conference.
        public init() {}
    }

    /// A key, compared byte by byte: `String` calls two spellings of one letter equal.
    public struct Key: Hashable, Sendable {
        let bytes: [UInt8]

        /// A key of a text.
        public init(_ text: String) { bytes = Array(text.utf8) }
    }

    private struct Entry {
        let value: [UInt8]
        let end: Duration
        let ticket: Int
    }

    private let bounds: Bounds
    private var entries: [Key: Entry] = [:]
    private var order = WaitingLine<Key>()
    /// Bytes of keys and values.
    public private(set) var byteCount = 0

    /// An empty table.
    public init(_ bounds: Bounds = Bounds()) { self.bounds = bounds }

    /// Entries, those that expired unnoticed included.
    public var count: Int { entries.count }

    /// The value of a key that has not expired at `moment`.
    public mutating func value(for key: Key, at moment: Duration) -> [UInt8]? {
        guard let entry = entries[key] else { return nil }
        guard moment < entry.end else {
            remove(key)
            return nil
        }
        return entry.value
    }

    /// Keeps a value until `end`.
    public mutating func set(_ value: [UInt8], for key: Key, until end: Duration) {
        remove(key)
        entries[key] = Entry(value: value, end: end, ticket: order.append(key))
        byteCount += key.bytes.count + value.count
        while count > bounds.countMaximum || byteCount > bounds.byteCountMaximum {
            guard evictOldest() else { return }
        }
    }

    /// Forgets a key.
    public mutating func remove(_ key: Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        order.remove(entry.ticket)
        byteCount -= key.bytes.count + entry.value.count
    }

    /// Forgets the entry that was set least recently; false when there is none.
    @discardableResult
    public mutating func evictOldest() -> Bool {
        guard let key = order.popFirst() else { return false }
        remove(key)
        return true
    }
}
