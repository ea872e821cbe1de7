import Ports
import Testing

@testable import MongoAdapters

/// What the document store makes of a server that is killed, steps down, is away or is slow.
@Suite(.serialized, .timeLimit(.minutes(2))) struct MongoFaultTests {
    @Test(arguments: [Duration.milliseconds(300), .seconds(10)])
    func `a kill in the middle of commits loses none that was acknowledged`(
        commitTimeout: Duration
    ) async throws {
        let server = try MongoServer()
        let clients = try MongoFixture(server).clients {
            $0.selectionTimeout = min($0.selectionTimeout, commitTimeout)
            $0.commitTimeout = commitTimeout
        }
        let store = try await MongoDocumentStore(database: "trial", clients: clients)
        let trial = CommitTrial()
        try await trial.run(store) {
            for _ in 0..<3 {
                server.kill()
                try server.restart()
            }
        }
        try await trial.check(store)
        let failed = await trial.unknown.count + trial.refused.count
        #expect(failed > 0 || commitTimeout > .seconds(1), "a short patience ends")
    }

    @Test func `a step-down in the middle of commits loses none and doubles none`() async throws {
        let server = try MongoServer()
        let store = try await MongoFixture(server).documentStore("trial")
        let trial = CommitTrial()
        try await trial.run(store) {
            for _ in 0..<3 {
                try server.stepDown()
                try server.waitForPrimary()
            }
        }
        try await trial.check(store)
    }

    @Test func `a server that is away is unavailable, at the start too, and found again`()
        async throws
    {
        let server = try MongoServer()
        let fixture = MongoFixture(server)
        let clients = try fixture.clients { $0.selectionTimeout = .milliseconds(300) }
        server.stop()
        await #expect(throws: MongoOpenError.unavailable) {
            try await MongoDocumentStore(database: "away", clients: clients)
        }
        try server.restart()
        let store = try await found {
            try await MongoDocumentStore(database: "away", clients: clients)
        }
        try await store.commit([.put("a")])
        server.stop()
        await #expect(throws: StoreError.unavailable) {
            try await store.documents(["a"], in: "things")
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await #expect(throws: StoreError.unavailable) {
                        try await store.commit([.put("b")])
                    }
                }
            }
        }
        try server.restart()
        let again = try await found { try await store.documents(["a", "b"], in: "things") }
        #expect(again.keys.sorted() == ["a"])
    }

    @Test(arguments: [false, true])
    func `a commit whose answer is lost is asked about and done once`(
        isApplied: Bool
    ) async throws {
        let server = try MongoServer()
        let store = try await MongoFixture(server).documentStore()
        for round in 1...3 {
            try server.fail(["commitTransaction"], times: round) { fields in
                guard isApplied else { return fields.add("closeConnection", true) }
                fields.add("writeConcernError") {
                    $0.add("code", 91)
                    $0.add("errmsg", "the server stops")
                }
            }
            try await store.commit([.put("\(round)", expecting: .absent)])
            #expect(try await version(of: "\(round)", in: store) == 1)
        }
    }

    @Test func `a commit that is never answered is of unknown outcome`() async throws {
        let server = try MongoServer()
        let fixture = MongoFixture(server)
        let clients = try fixture.clients { $0.commitTimeout = .milliseconds(200) }
        let store = try await MongoDocumentStore(database: "d", clients: clients)
        try server.fail(["commitTransaction"], times: 10_000) { $0.add("closeConnection", true) }
        await #expect(throws: StoreError.outcomeUnknown) { try await store.commit([.put("a")]) }
        try server.fail(["commitTransaction"], times: 0) { _ in }
        try await store.commit([.put("b")])
        #expect([nil, 1].contains(try await version(of: "a", in: store)))
    }

    @Test func `a statement that the server gives up is tried again`() async throws {
        let server = try MongoServer()
        let store = try await MongoFixture(server).documentStore()
        try server.fail(["update"], times: 3) { fields in
            fields.add("errorCode", Int(ServerCode.writeConflict))
            fields.add("errorLabels", each: ["TransientTransactionError"]) { $0.add($1, $2) }
        }
        try await store.commit([.put("a", expecting: .absent)])
        #expect(try await version(of: "a", in: store) == 1)
    }

    @Test(arguments: [
        (ServerCode.outOfDiskSpace, StoreError.full), (13, .unavailable), (50, .unavailable),
    ])
    func `an error before the commit says that nothing was written`(
        code: UInt32, expected: StoreError
    ) async throws {
        let server = try MongoServer()
        let store = try await MongoFixture(server).documentStore()
        try server.fail(["update"], times: 1) { $0.add("errorCode", Int(code)) }
        await #expect(throws: expected) { try await store.commit([.put("a")]) }
        #expect(try await version(of: "a", in: store) == nil)
        try await store.commit([.put("a", expecting: .absent)])
    }

    @Test func `a server that is slow is unavailable, and its thread is free again`() async throws {
        let server = try MongoServer()
        let fixture = MongoFixture(server)
        let clients = try fixture.clients {
            $0.commandTimeout = .milliseconds(200)
            $0.selectionTimeout = .milliseconds(500)
        }
        let store = try await MongoDocumentStore(database: "slow", clients: clients)
        try await store.commit([.put("a")])
        try server.fail(["find"], times: 8) { fields in
            fields.add("blockConnection", true)
            fields.add("blockTimeMS", 1500)
        }
        for _ in 0..<4 {
            await #expect(throws: StoreError.unavailable) {
                try await store.documents(["a"], in: "things")
            }
        }
        try server.fail(["find"], times: 0) { _ in }
        #expect(try await version(of: "a", in: store) == 1)
    }

    private func version(of id: String, in store: any DocumentStore) async throws -> Int64? {
        try await store.documents([id], in: "things")[id]?.version
    }

    /// Asks until the client has noticed that its server is back.
    private func found<Value>(_ body: () async throws -> Value) async throws -> Value {
        for _ in 0..<50 {
            do { return try await body() } catch { continue }
        }
        return try await body()
    }
}
