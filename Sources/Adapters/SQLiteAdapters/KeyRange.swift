import GRDB
import Ports

/// The rows of an index that a question asks for, as at most one bound on each side.
///
/// SQLite uses one lower and one upper bound of an index and tests the rest row by row; so the
/// cursor takes the prefix's place on its side instead of standing beside it.
struct KeyRange {
    /// The bounds as SQL, to follow other conditions.
    let condition: String
    /// The values of the bounds, in order.
    let arguments: StatementArguments

    /// The range of a question; nil when its cursor lies behind all that it asks for.
    init?(_ query: IndexQuery) {
        let lower = query.prefix.bytes
        let upper = Self.successor(of: lower)
        var bounds = [Bound(.least, lower)]
        if let upper { bounds.append(Bound(.end, upper)) }
        if let after = query.after {
            let isBelow = after.keyBytes.lexicographicallyPrecedes(lower)
            let isAbove = upper.map { !after.keyBytes.lexicographicallyPrecedes($0) } ?? false
            guard !(query.descending ? isBelow : isAbove) else { return nil }
            if !isBelow && !isAbove {
                bounds.removeAll { $0.side == (query.descending ? .end : .least) }
                bounds.append(Bound(query.descending ? .before : .after, after))
            }
        }
        condition = bounds.map(\.sql).joined(separator: " ")
        arguments = bounds.reduce(into: StatementArguments()) { $0 += $1.arguments }
    }

    /// The least bytes behind all that begin with `prefix`; nil when there are none.
    private static func successor(of prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 < 0xFF }) else { return nil }
        var bytes = Array(prefix[...last])
        bytes[last] += 1
        return bytes
    }
}

extension KeyRange {
    /// One bound of the range.
    private struct Bound {
        enum Side: String {
            case least = "AND entries.key >= ?"
            case end = "AND entries.key < ?"
            case after = "AND (entries.key, entries.id) > (?, ?)"
            case before = "AND (entries.key, entries.id) < (?, ?)"
        }

        let side: Side
        let arguments: StatementArguments

        init(_ side: Side, _ keyBytes: [UInt8]) {
            self.side = side
            arguments = [BlobValue(keyBytes)]
        }

        init(_ side: Side, _ cursor: PageCursor) {
            self.side = side
            arguments = [BlobValue(cursor.keyBytes), cursor.id]
        }

        var sql: String { side.rawValue }
    }
}
