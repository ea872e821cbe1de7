import BSON
import ClusterNetwork
import Ports
import Testing

@testable import MongoAdapters

/// Which databases the stores open, and how they keep documents in them.
@Suite struct MongoFormatTests {
    let fixture: MongoFixture
    let clients: MongoClients
    let database = MongoFixture.databaseName()

    init() throws {
        fixture = try MongoFixture()
        clients = try fixture.clients()
    }

    @Test func `a database of a newer format is refused`() async throws {
        _ = try await open()
        let newer = MongoFormat.documents.version + 1
        try await run { fields in
            fields.add("update", "format")
            let statement = FieldWriter.document { fields in
                fields.add("q") { $0.add("_id", "documents") }
                fields.add("u") { fields in fields.add("$set") { $0.add("version", newer) } }
            }
            fields.add("updates", documents: [statement])
        }
        await #expect(throws: MongoOpenError.newer(found: newer, supported: newer - 1)) {
            try await open()
        }
    }

    @Test(arguments: ["documents", "entries"])
    func `collections of another program are refused`(_ name: String) async throws {
        try await run { $0.add("create", name) }
        await #expect(throws: MongoOpenError.foreign(database: database)) { try await open() }
    }

    @Test func `an opening that was cut off is taken up`() async throws {
        try await run { fields in
            fields.add("insert", "format")
            let row = FieldWriter.document {
                $0.add("_id", "documents")
                $0.add("version", 0)
            }
            fields.add("documents", documents: [row])
        }
        try await run { $0.add("create", "entries") }
        try await open().commit([.put("a")])
    }

    @Test func `many replicas open a new database at the same time`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { [database] in
                    let store = try await MongoFixture().documentStore(database)
                    try await store.commit([.put("\(number)", expecting: .absent)])
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `documents and blobs may share a database`() async throws {
        _ = try await open()
        _ = try await fixture.blobStore(database)
        _ = try await open()
    }

    @Test(arguments: ["", "mongodb://", "http://127.0.0.1/", "mongodb://us:er:secret@host"])
    func `a malformed connection string is refused without quoting it`(_ uri: String) throws {
        let error = #expect(throws: MongoOpenError.self) {
            try MongoClients(MongoConfiguration(uri: uri), offload: fixture.system.offload)
        }
        #expect("\(String(describing: error))".contains("unusable"))
        #expect(!"\(String(describing: error))".contains("secret"))
    }

    @Test func `a body that is a document is stored as one, so that tools can look into it`()
        async throws
    {
        struct Value: Codable { let title: String }
        try await open().commit([
            .put("a", try BSONEncoder().encode(Value(title: "A title"))), .put("b", [1, 2, 3]),
        ])
        let command = FieldWriter.document { fields in
            fields.add("count", "documents")
            fields.add("query") { $0.add("b.title", "A title") }
        }
        let count = try await clients.run("test") { [database] connection in
            try connection.command(command, in: database) { try $0.required("n").integer }
        }
        #expect(count == 1)
    }

    @Test func `a read may not be older than what a found primary had`() async throws {
        let store = try await MongoDocumentStore(database: database, clients: clients)
        let before = clients.readFloor
        #expect(before > 0)
        try await store.commit([.put("a")])
        #expect(clients.readFloor > before)
    }

    @Test func `what does not fit into the queue is unavailable at once`() async throws {
        let offload = ThreadOffload(threadCount: 1, waitingCountMaximum: 1)
        let narrow = try MongoClients(
            MongoConfiguration(uri: fixture.server.uri), offload: offload)
        let store = try await MongoDocumentStore(database: database, clients: narrow)
        try await store.commit([.put("a")])
        let refused = await withTaskGroup(of: StoreError?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do throws(StoreError) {
                        _ = try await store.documents(["a"], in: "things")
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [StoreError]()) { $0 += [$1].compactMap { $0 } }
        }
        #expect(!refused.isEmpty && refused.count < 50)
        #expect(refused.allSatisfy { $0 == .unavailable })
    }

    @Test func `a page is found by one range of the index and not sorted`() async throws {
        _ = try await open()
        let form = DocumentForm(database: database)
        for descending in [false, true] {
            for after in [nil, PageCursor(keyBytes: IndexKey(["k", "x"]).bytes, id: "x")] {
                let query = IndexQuery(
                    "i", in: "c", prefix: ["k"], descending: descending, after: after, limit: 10)
                let range = try #require(EntryRange(query))
                let question = PageQuestion(query, form)
                let plan = try await clients.run("test") { [database] connection in
                    try connection.command(
                        FieldWriter.document { fields in
                            fields.add("explain") {
                                $0.add("aggregate", "entries")
                                question.addPipeline(range, to: &$0)
                                $0.add("cursor") { _ in }
                            }
                        }, in: database
                    ) { String(decoding: $0.copy, as: UTF8.self) }
                }
                #expect(plan.contains("IXSCAN") && plan.contains("IndexedLoopJoin"))
                #expect(!plan.contains("COLLSCAN") && !plan.contains("SORT"))
            }
        }
    }

    private func open() async throws -> MongoDocumentStore {
        try await MongoDocumentStore(database: database, clients: clients)
    }

    private func run(_ fill: (inout FieldWriter) -> Void) async throws {
        let command = FieldWriter.document(fill)
        try await clients.run("test") { [database] connection in
            _ = try connection.write(command, in: database)
        }
    }
}
