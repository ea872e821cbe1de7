import Conformance
import Foundation
import GRDB
import Ports
import Testing

@testable import SQLiteAdapters

/// Which files the SQLite store opens, and what it makes of them.
@Suite struct SQLiteFormatTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "documents.db")
    }

    @Test func `a new file has the present format, waits for the disk and is private`() throws {
        let store = try SQLiteDocumentStore(path: path)
        defer { #expect(throws: Never.self) { try store.close() } }
        try DatabaseQueue(path: path).read { db in
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            #expect(mode == "wal")
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version")
            #expect(version == SQLiteFormat.version)
            let owner = try Int.fetchOne(db, sql: "PRAGMA application_id")
            #expect(owner == SQLiteFormat.applicationID)
        }
        #expect(try store.synchronousMode == 2)
        for name in try folder.names() {
            #expect(try folder.mode(of: name) == 0o600, "\(name)")
        }
    }

    @Test func `a file of a newer format is refused and not changed`() throws {
        try SQLiteDocumentStore(path: path).close()
        let newer = SQLiteFormat.version + 1
        try change("PRAGMA user_version = \(newer)")
        let before = try folder.bytes(of: "documents.db")
        #expect(
            throws: SQLiteFormatError.newer(found: newer, supported: SQLiteFormat.version)
        ) {
            try SQLiteDocumentStore(path: path)
        }
        #expect(try folder.bytes(of: "documents.db") == before)
    }

    @Test(arguments: ["CREATE TABLE a (b)", "PRAGMA user_version = 1"])
    func `a database of another program is refused`(_ sql: String) throws {
        try change(sql)
        #expect(throws: SQLiteFormatError.foreign(applicationID: 0)) {
            try SQLiteDocumentStore(path: path)
        }
    }

    @Test func `a database with another program's mark is refused`() throws {
        try change("PRAGMA application_id = 7")
        #expect(throws: SQLiteFormatError.foreign(applicationID: 7)) {
            try SQLiteDocumentStore(path: path)
        }
    }

    @Test func `a file that is no database is refused and not changed`() throws {
        let bytes = Array(String(repeating: "This is a letter. ", count: 500).utf8)
        try folder.write(bytes, to: "documents.db")
        expectUnusable(path)
        #expect(try folder.bytes(of: "documents.db") == bytes)
    }

    @Test func `a place where no file can be made is refused`() throws {
        try folder.write([], to: "file")
        expectUnusable(folder.path(of: "file/documents.db"))
        expectUnusable(folder.path(of: "missing/documents.db"))
        expectUnusable(folder.path)
    }

    @Test func `an empty file becomes a store`() throws {
        try folder.write([], to: "documents.db")
        try SQLiteDocumentStore(path: path).close()
    }

    @Test func `a damaged file says so and does not answer wrongly`() async throws {
        let store = try SQLiteDocumentStore(path: path)
        for number in 0..<200 {
            try await store.commit([
                DocumentWrite(
                    DocumentKey(collection: "c", id: "\(number)"), expecting: .absent,
                    .put(body: [UInt8](repeating: 1, count: 1000), keys: []))
            ])
        }
        try store.close()
        var bytes = try folder.bytes(of: "documents.db")
        for index in 8192..<bytes.count { bytes[index] = 0xAA }
        try folder.write(bytes, to: "documents.db")
        let damaged = try SQLiteDocumentStore(path: path)
        let error = await #expect(throws: StoreError.self) {
            try await damaged.documents((0..<200).map { "\($0)" }, in: "c")
        }
        guard case .corrupt = error else {
            Issue.record("\(String(describing: error)) is not corrupt")
            return
        }
    }

    @Test func `a closed store is unavailable`() async throws {
        let store = try SQLiteDocumentStore(path: path)
        try store.close()
        await #expect(throws: StoreError.unavailable) {
            try await store.documents(["a"], in: "c")
        }
        await #expect(throws: StoreError.unavailable) {
            try await store.commit([
                DocumentWrite(
                    DocumentKey(collection: "c", id: "a"), expecting: .anything, .delete)
            ])
        }
    }

    private func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    private func expectUnusable(_ path: String) {
        let error = #expect(throws: SQLiteFormatError.self) {
            try SQLiteDocumentStore(path: path)
        }
        guard case .unusable(path, _) = error else {
            Issue.record("\(String(describing: error)) is not unusable")
            return
        }
    }
}
