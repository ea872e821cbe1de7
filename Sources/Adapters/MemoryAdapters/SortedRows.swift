import Ports

/// The rows of one index in rising order, each found by binary search.
struct SortedRows: Hashable, Sendable {
    private(set) var rows: [IndexRow] = []

    /// Adds a row that is not there.
    mutating func insert(_ row: IndexRow) {
        rows.insert(row, at: firstIndex { $0 >= row })
    }

    /// Removes a row that is there.
    mutating func remove(_ row: IndexRow) {
        let index = firstIndex { $0 >= row }
        precondition(rows[index] == row, "an index has a row for each key of each document")
        rows.remove(at: index)
    }

    /// The positions of all rows that `query` asks for, its limit aside.
    func range(of query: IndexQuery) -> Range<Int> {
        let prefix = query.prefix.bytes
        var lower = firstIndex { !$0.keyBytes.lexicographicallyPrecedes(prefix) }
        var upper = rows.count
        if let end = Self.successor(of: prefix) {
            upper = firstIndex { !$0.keyBytes.lexicographicallyPrecedes(end) }
        }
        if let after = query.after {
            let row = IndexRow(keyBytes: after.keyBytes, id: after.id)
            if query.descending {
                upper = min(upper, firstIndex { $0 >= row })
            } else {
                lower = max(lower, firstIndex { $0 > row })
            }
        }
        return lower..<max(lower, upper)
    }

    /// The position of the first row from which on `isBehind` holds.
    private func firstIndex(where isBehind: (IndexRow) -> Bool) -> Int {
        var range = 0..<rows.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                isBehind(rows[middle])
                ? range.lowerBound..<middle : (middle + 1)..<range.upperBound
        }
        return range.lowerBound
    }

    /// The least bytes behind all that begin with `prefix`; nil when there are none.
    private static func successor(of prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 < 0xFF }) else { return nil }
        var bytes = Array(prefix[...last])
        bytes[last] += 1
        return bytes
    }
}
