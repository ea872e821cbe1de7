/// Finds the elements of one document by key; of equal keys only the first counts.
///
/// A key that follows the last one found costs one comparison. Others are searched, in larger
/// documents by hash, so that no order or choice of keys makes reading quadratic.
final class BSONKeyIndex {
    /// A key's place in four bytes each, because stored bytes decide how many there are.
    private struct Entry {
        let keyStart: Int32
        let keyCount: Int32

        var key: Range<Int> { Int(keyStart)..<Int(keyStart + keyCount) }
    }

    private static let scannedCountMaximum = 16

    let document: BSONStoredValue
    @exclusivity(unchecked) private var entries: [Entry] = []
    /// Open addressing over `entries`: one more than the position, 0 if free.
    @exclusivity(unchecked) private var slots: [Int32] = []
    /// The entry after the last one found.
    @exclusivity(unchecked) private var next = 0

    init(of document: BSONStoredValue) throws {
        guard document.type == .document else {
            throw document.decodingError(.otherType, wanted: [String: Any].self)
        }
        self.document = document
        entries.reserveCapacity(Self.scannedCountMaximum)
        try document.source.forEachElement(ofDocumentAt: document.offset) { element in
            entries.append(
                Entry(
                    keyStart: Int32(element.key.lowerBound), keyCount: Int32(element.key.count)))
        }
        removeDuplicates()
    }

    var keys: [String] { entries.map { document.source.text(in: $0.key) } }

    func find(_ key: String) -> BSONStoredValue? {
        var key = key
        return key.withUTF8 { text in
            position(of: text).map { position in
                next = position + 1
                return value(of: entries[position])
            }
        }
    }

    private func value(of entry: Entry) -> BSONStoredValue {
        let code = document.source.integer(UInt8.self, at: Int(entry.keyStart) - 1)
        guard let type = BSONType(rawValue: code) else {
            preconditionFailure("validated bytes have an unknown type")
        }
        return BSONStoredValue(
            source: document.source, offset: entry.key.upperBound + 1, type: type)
    }

    private func position(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        if next < entries.count, isEntry(next, text) { return next }
        if next > 0, isEntry(next - 1, text) { return next - 1 }
        guard slots.isEmpty else {
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(text))
            let slot = slot(hash: hasher.finalize()) { isEntry($0, text) }
            return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
        }
        return entries.indices.first { isEntry($0, text) }
    }

    private func isEntry(_ position: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        document.source.key(in: entries[position].key, equals: text)
    }

    /// Finds the slot of an entry that matches, or the free one where it belongs.
    private func slot(hash: Int, matches: (Int) -> Bool) -> Int {
        var slot = hash & (slots.count - 1)
        while slots[slot] != 0, !matches(Int(slots[slot]) - 1) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// Keeps the first of equal keys and, in larger documents, fills the hash slots.
    private func removeDuplicates() {
        guard entries.count > Self.scannedCountMaximum else {
            let hasDuplicates = entries.indices.contains { hasEarlierTwin($0) }
            guard hasDuplicates else { return }
            let firsts = entries.indices.filter { !hasEarlierTwin($0) }
            entries = firsts.map { entries[$0] }
            return
        }
        var slotCount = 64
        while slotCount < entries.count * 2 { slotCount *= 2 }
        slots = Array(repeating: 0, count: slotCount)
        var kept = 0
        for entry in entries {
            let hash = document.source.hash(of: entry.key)
            let slot = slot(hash: hash) { areTwins(entries[$0], entry) }
            guard slots[slot] == 0 else { continue }
            entries[kept] = entry
            kept += 1
            slots[slot] = Int32(kept)
        }
        entries.removeSubrange(kept...)
    }

    private func hasEarlierTwin(_ position: Int) -> Bool {
        for earlier in 0..<position where areTwins(entries[earlier], entries[position]) {
            return true
        }
        return false
    }

    private func areTwins(_ one: Entry, _ other: Entry) -> Bool {
        one.keyCount == other.keyCount && document.source.areEqual(one.key, other.key)
    }
}
