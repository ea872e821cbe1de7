import Ports

/// Draws operations over few names, so that they meet, and over the bounds of a store.
enum DocumentDraw {
    static func operation(_ draw: inout Draw) -> DocumentOperation {
        switch draw.below(100) {
        case ..<45: .commit(writes(&draw))
        case ..<80: .page(query(&draw))
        default: documents(&draw)
        }
    }

    private static func writes(_ draw: inout Draw) -> [DocumentWrite] {
        if draw.chance(percent: 3) {
            // One too many; the same document twice.
            let count = draw.pick([0, 2, StoreLimits.batchCountMaximum + 1])
            let key = DocumentKey(collection: "c", id: "0")
            return (0..<count).map { _ in DocumentWrite(key, expecting: .anything, .delete) }
        }
        return (0...draw.below(3)).map { _ in write(&draw) }
    }

    private static func write(_ draw: inout Draw) -> DocumentWrite {
        let key = DocumentKey(collection: draw.pick(["c", "c", "d"]), id: id(&draw))
        let expectations: [DocumentWrite.Expectation] = [
            .anything, .anything, .anything, .absent, .version(Int64(1 + draw.below(3))),
        ]
        let expecting = draw.pick(expectations)
        switch draw.below(10) {
        case 0, 1: return DocumentWrite(key, expecting: expecting, .delete)
        case 2, 3: return DocumentWrite(key, expecting: expecting, .verify)
        default: return DocumentWrite(key, expecting: expecting, put(&draw))
        }
    }

    private static func put(_ draw: inout Draw) -> DocumentWrite.Change {
        let (bytes, keys) = (StoreLimits.documentByteCountMaximum, StoreLimits.keyCountMaximum)
        if draw.chance(percent: 2) {
            let body = [UInt8](repeating: 7, count: bytes + draw.below(2))
            return .put(body: body, keys: [])
        }
        if draw.chance(percent: 2) {
            let entries = (0..<keys + draw.below(2)).map { number in
                IndexEntry(index: "many", key: [.integer(Int64(number))])
            }
            return .put(body: [1], keys: entries)
        }
        return .put(
            body: draw.bytes(draw.pick([0, 1, 5])),
            keys: (0..<1 + draw.below(4)).map { _ in entry(&draw) })
    }

    private static func query(_ draw: inout Draw) -> IndexQuery {
        var after: PageCursor?
        if draw.chance(percent: 40) {
            after = PageCursor(keyBytes: entry(&draw).key.bytes, id: id(&draw))
        }
        let maximum = StoreLimits.pageCountMaximum
        let limit = draw.chance(percent: 4) ? draw.pick([0, -1, maximum + 1]) : 1 + draw.below(5)
        return IndexQuery(
            draw.pick(["i0", "i0", "i1", "i1", "many"]), in: draw.pick(["c", "c", "d"]),
            prefix: IndexKey((0..<draw.pick([0, 0, 1])).map { _ in part(&draw) }),
            descending: draw.chance(percent: 50), after: after,
            limit: draw.chance(percent: 5) ? maximum : limit)
    }

    private static func documents(_ draw: inout Draw) -> DocumentOperation {
        let maximum = StoreLimits.batchCountMaximum
        let count =
            draw.chance(percent: 8) ? draw.pick([0, maximum, maximum + 1]) : 1 + draw.below(5)
        let ids = count > 5 ? (0..<count).map(String.init) : (0..<count).map { _ in id(&draw) }
        return .documents(ids, in: draw.pick(["c", "d", draw.chance(percent: 5) ? "c\0" : "e"]))
    }

    private static func id(_ draw: inout Draw) -> String {
        if draw.chance(percent: 3) { return draw.pick(["", "a\0", "é", "e\u{301}", "$a.b", " "]) }
        return "\(draw.below(10))"
    }

    private static func entry(_ draw: inout Draw) -> IndexEntry {
        let parts = (0..<draw.below(3)).map { _ in part(&draw) }
        return IndexEntry(index: "i\(draw.below(2))", key: IndexKey(parts))
    }

    private static func part(_ draw: inout Draw) -> IndexKey.Part {
        // The key of a text has three bytes more than the text.
        let edge = StoreLimits.keyByteCountMaximum - 3
        if draw.chance(percent: 2) {
            return .text(String(repeating: "x", count: edge + draw.below(2)))
        }
        let parts: [IndexKey.Part] = [
            .null, .bool(true), .bool(false), .integer(-1), .integer(0), .integer(255),
            .integer(256), .integer(.max), "", "\0", "a", "ab", "é", "e\u{301}",
        ]
        return draw.pick(parts)
    }
}
