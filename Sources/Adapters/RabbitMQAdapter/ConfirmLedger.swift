/// What was sent on one channel and is not confirmed yet, by the numbers that the broker counts.
struct ConfirmLedger {
    struct Entry: Hashable {
        /// The sender's number.
        let number: UInt64
        let deadline: Duration
        /// No queue took it; its confirmation follows.
        var isReturned = false
    }

    private var entries: [UInt64: Entry] = [:]
    private var tags: [UInt64: UInt64] = [:]
    private var lowestTag: UInt64 = 1
    private var nextTag: UInt64 = 1

    var count: Int { entries.count }

    /// When the oldest confirmation is due.
    var deadline: Duration? { entries[lowestTag]?.deadline }

    /// Notes that the next publication of the channel was sent.
    mutating func send(_ number: UInt64, until deadline: Duration) {
        entries[nextTag] = Entry(number: number, deadline: deadline)
        tags[number] = nextTag
        nextTag += 1
    }

    /// Notes that no queue took a publication.
    mutating func markReturned(_ number: UInt64) {
        guard let tag = tags[number] else { return }
        entries[tag]?.isReturned = true
    }

    /// Takes out what a confirmation speaks of, in the order in which it was sent.
    ///
    /// - Parameter isMultiple: all up to `tag` are meant; 0 means all.
    mutating func settle(_ tag: UInt64, isMultiple: Bool) -> [Entry] {
        guard isMultiple else { return take(tag).map { [$0] } ?? [] }
        var settled: [Entry] = []
        let last = tag == 0 ? nextTag - 1 : min(tag, nextTag - 1)
        while lowestTag <= last, let entry = take(lowestTag) { settled.append(entry) }
        return settled
    }

    /// Takes out what is overdue.
    mutating func takeOverdue(at now: Duration) -> [Entry] {
        var overdue: [Entry] = []
        while let deadline, deadline <= now, let entry = take(lowestTag) { overdue.append(entry) }
        return overdue
    }

    /// Takes out everything.
    mutating func takeAll() -> [Entry] { settle(0, isMultiple: true) }

    private mutating func take(_ tag: UInt64) -> Entry? {
        guard let entry = entries.removeValue(forKey: tag) else { return nil }
        tags[entry.number] = nil
        while lowestTag < nextTag, entries[lowestTag] == nil { lowestTag += 1 }
        return entry
    }
}
