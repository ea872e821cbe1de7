import GRDB
import Ports
import Testing

@testable import SQLiteAdapters

/// What the SQLite store makes of a group of commits, of its errors and of its index.
@Suite struct SQLiteTransactionTests {
    @Test func `a commit that does not fit the disk spoils no other of its group`() throws {
        let results = try database { db in
            try db.execute(sql: "PRAGMA max_page_count = 20")
            let results = GroupTransaction(db).run([
                [write("a")], [write("b"), write("c", byteCount: 1 << 20)], [write("d")],
            ])
            #expect(try String.fetchAll(db, sql: "SELECT id FROM documents") == ["a", "d"])
            return results
        }
        #expect(results.map(\.failure) == [nil, .full, nil])
    }

    @Test func `a commit sees those before it in its group`() throws {
        let results = try database { db in
            GroupTransaction(db).run([
                [write("a", expecting: .absent)], [write("a", expecting: .absent)],
                [write("a", expecting: .version(1))],
            ])
        }
        let key = DocumentKey(collection: "c", id: "a")
        #expect(results.map(\.failure) == [nil, .conflict(key), nil])
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, StoreError.full, StoreError.full),
        (.SQLITE_BUSY, .unavailable, .unavailable),
        (.SQLITE_LOCKED, .unavailable, .unavailable),
        (.SQLITE_CANTOPEN, .unavailable, .unavailable),
        (.SQLITE_IOERR_READ, .unavailable, .outcomeUnknown),
        (.SQLITE_IOERR_FSYNC, .unavailable, .outcomeUnknown),
    ])
    func `an error of SQLite has a meaning of its own at the commit`(
        code: ResultCode, before: StoreError, atCommit: StoreError
    ) {
        let error = DatabaseError(resultCode: code)
        #expect(StoreError(sqlite: error) == before)
        #expect(StoreError(commit: error) == atCommit)
    }

    @Test(arguments: [ResultCode.SQLITE_CORRUPT, .SQLITE_NOTADB])
    func `a damaged database is corrupt`(code: ResultCode) {
        guard case .corrupt = StoreError(sqlite: DatabaseError(resultCode: code)) else {
            Issue.record("\(code) is not corrupt")
            return
        }
    }

    @Test(arguments: [false, true], [nil, PageCursor(keyBytes: [5, 0x6B, 0, 0, 1], id: "x")])
    func `a page is found by one range of the index`(
        descending: Bool, after: PageCursor?
    ) throws {
        let query = IndexQuery(
            "i", in: "c", prefix: ["k"], descending: descending, after: after, limit: 10)
        let range = try #require(KeyRange(query))
        let sql = "EXPLAIN QUERY PLAN \(PageStatement(query).sql(range))"
        let plan = try database { db in
            try Row.fetchAll(
                db, sql: sql, arguments: ["c", "i"] + range.arguments + [10]
            ).map { row -> String in row["detail"] }
        }
        #expect(plan.count == 2)
        #expect(plan.first?.hasPrefix("SEARCH entries USING PRIMARY KEY") == true)
        let bound = after == nil ? "key>? AND key<?" : "(key,id)"
        #expect(plan.first?.contains(bound) == true, "\(plan)")
    }

    private func write(
        _ id: String, byteCount: Int = 1, expecting: DocumentWrite.Expectation = .anything
    ) -> DocumentWrite {
        DocumentWrite(
            DocumentKey(collection: "c", id: id), expecting: expecting,
            .put(body: [UInt8](repeating: 0, count: byteCount), keys: []))
    }

    private func database<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try DatabaseQueue().inDatabase { db in
            try SQLiteFormat.migrate(db)
            return try body(db)
        }
    }
}

extension Result where Success == Void, Failure == StoreError {
    fileprivate var failure: StoreError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
