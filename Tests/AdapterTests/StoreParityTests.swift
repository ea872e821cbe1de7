import MemoryAdapters
import Ports
import SQLiteAdapters
import Testing

/// The SQLite store gives the same answers as the reference, whatever is asked.
@Suite struct StoreParityTests {
    @Test(arguments: 1...6)
    func `any sequence of commits and pages has the same answers`(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let reference = MemoryDocumentStore()
        let store = try SQLiteDocumentStore(path: folder.path(of: "documents.db"))
        var draw = Draw(state: seed)
        for step in 0..<300 {
            let writes = (0...draw.below(4)).map { _ in draw.write() }
            let expected = await outcome { () async throws(StoreError) in
                try await reference.commit(writes)
            }
            let found = await outcome { () async throws(StoreError) in
                try await store.commit(writes)
            }
            #expect(found == expected, "step \(step): \(writes)")
            let query = draw.query()
            let page = try await store.page(query)
            #expect(try await page == reference.page(query), "step \(step): \(query)")
        }
        try store.close()
        withExtendedLifetime(folder) {}
    }

    private func outcome(
        _ body: () async throws(StoreError) -> Void
    ) async -> StoreError? {
        do throws(StoreError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }
}

/// Random writes and questions over few names, so that they meet.
private struct Draw {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func write() -> DocumentWrite {
        let key = DocumentKey(collection: ["c", "d"][below(2)], id: "\(below(12))")
        let expectations: [DocumentWrite.Expectation] = [
            .anything, .anything, .absent, .version(Int64(below(4))),
        ]
        let put = DocumentWrite.Change.put(
            body: [UInt8(below(256))], keys: (0..<below(4)).map { _ in entry() })
        let change = [put, put, put, .delete, .verify][below(5)]
        return DocumentWrite(key, expecting: expectations[below(4)], change)
    }

    mutating func query() -> IndexQuery {
        var after: PageCursor?
        if below(2) == 0 {
            after = PageCursor(keyBytes: entry().key.bytes, id: "\(below(12))")
        }
        return IndexQuery(
            "i\(below(2))", in: "c", prefix: IndexKey((0..<below(2)).map { _ in part() }),
            descending: below(2) == 0, after: after, limit: 1 + below(5))
    }

    private mutating func entry() -> IndexEntry {
        IndexEntry(index: "i\(below(2))", key: IndexKey((0..<below(3)).map { _ in part() }))
    }

    private mutating func part() -> IndexKey.Part {
        let parts: [IndexKey.Part] = [
            .null, .bool(true), .integer(-1), .integer(255), .integer(256), "", "\0", "a", "ab",
        ]
        return parts[below(parts.count)]
    }
}
