import Platform

/// Which index a chain of blocking queries waits from, and how long it rests between two.
///
/// The rules are those of Consul's documentation of blocking queries: an index that went back is
/// forgotten, one below 1 is none, that of an error does not count; and the rests hold whatever
/// a server answers, so that no chain ever becomes a busy loop.
struct BlockingIndex: Hashable, Sendable {
    /// The least time from one answer to the next query.
    static let restMinimum = Duration.milliseconds(50)
    /// The time from an answer without an index to the next query: then nothing can be waited for.
    static let restWithoutIndex = Duration.seconds(2)

    /// What the next query waits from; nil answers at once.
    private(set) var value: UInt64?
    /// How long after the last answer the next query may be sent.
    private(set) var rest = Duration.zero

    /// A chain that waits from `value`; 0 is none.
    init(_ value: UInt64? = nil) { self.value = value == 0 ? nil : value }

    /// Takes the header of a good answer; says whether the index went back, so that nothing that
    /// is known from before may be relied upon.
    @discardableResult
    mutating func advance(to header: String?) -> Bool {
        guard let index = header.flatMap(UInt64.init), index >= 1 else {
            (value, rest) = (nil, Self.restWithoutIndex)
            return false
        }
        rest = Self.restMinimum
        if let value, index < value {
            self.value = nil
            return true
        }
        value = index
        return false
    }

    /// How long a query that waits for `wait` may take: Consul adds up to a sixteenth of it.
    static func timeout(wait: Duration, grace: Duration) -> Duration {
        wait + wait / 16 + grace
    }
}
