import BSON
import MemoryAdapters
import Ports
import Testing

@testable import MongoAdapters

/// The store on MongoDB gives the same answers as the reference, whatever is asked.
@Suite struct MongoParityTests {
    @Test(arguments: 1...6)
    func `any sequence of commits and pages has the same answers`(seed: UInt64) async throws {
        let reference = MemoryDocumentStore()
        let store = try await MongoFixture().documentStore()
        var draw = Draw(state: seed)
        for step in 0..<100 {
            let writes = (0...draw.below(4)).map { _ in draw.write() }
            let expected = await outcome(of: writes, in: reference)
            let found = await outcome(of: writes, in: store)
            #expect(found == expected, "step \(step): \(writes)")
            let query = draw.query()
            let page = try await store.page(query)
            #expect(try await page == reference.page(query), "step \(step): \(query)")
        }
    }

    @Test func `a group of commits has the outcomes that they have one by one`() throws {
        for seed: UInt64 in 1...200 {
            var draw = Draw(state: seed)
            var table = DocumentTable()
            var found: [[UInt8]: GroupPlan.Row] = [:]
            for _ in 0..<5 {
                let commits = (0..<4).map { _ in [draw.write()] }
                let plan = GroupPlan(commits, found: found)
                for (writes, result) in zip(commits, plan.results) {
                    #expect(
                        outcome { () throws(StoreError) in try table.commit(writes) }
                            == outcome(result.get))
                }
                for change in plan.changes {
                    found[change.id] = change.left.version == nil ? nil : change.left
                    found[change.id]?.body = nil
                }
            }
            for id in 0..<12 {
                let version = try table.documents(["\(id)"], in: "c")["\(id)"]?.version
                #expect(found[DocumentForm.documentID("\(id)", in: "c")]?.version == version)
            }
        }
    }

    @Test(arguments: [
        ["$set", "a.b", "", "$ref", "_id", "b"], ["a", "a", "a"], [], ["é", "e\u{301}", "😀"],
    ])
    func `a body of any keys is kept byte by byte`(_ keys: [String]) async throws {
        let store = try await MongoFixture().documentStore()
        let values: [BSONValue] = [
            .null, .int64(.min), .double(.nan), .timestamp(0), .string("a\0b"), .minKey,
            .binary(subtype: 2, bytes: [1]), .array([.undefined, .bool(true)]),
        ]
        let inner = try BSONDocument(
            elements: values.enumerated().map { .init(key: "\($0)", value: $1) })
        let body = try BSONDocument(
            elements: keys.map { .init(key: $0, value: .document(inner)) }
        ).bytes
        for _ in 0..<2 {
            try await store.commit([.put("a", body)])
            #expect(try await store.documents(["a"], in: "things")["a"]?.body == body)
        }
    }

    private func outcome(_ body: () throws(StoreError) -> Void) -> StoreError? {
        do throws(StoreError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    private func outcome(
        of writes: [DocumentWrite], in store: any DocumentStore
    ) async -> StoreError? {
        do throws(StoreError) {
            try await store.commit(writes)
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
