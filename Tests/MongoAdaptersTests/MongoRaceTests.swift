import Conformance
import Ports
import Testing

@testable import MongoAdapters

/// Two stores on one database, as two processes have them, keep the promises of one.
@Suite struct MongoRaceTests {
    let stores: [MongoDocumentStore]

    init() async throws {
        let database = MongoFixture.databaseName()
        stores = [
            try await MongoFixture().documentStore(database),
            try await MongoFixture().documentStore(database),
        ]
    }

    @Test func `of those that create a document at the same time exactly one does`() async throws {
        for round in 0..<10 {
            let winners = try await race(16) { number in
                [.put("\(round)", [UInt8(number)], expecting: .absent)]
            }
            #expect(winners.count == 1)
            let found = try await stores[0].documents(["\(round)"], in: "things")
            #expect(found["\(round)"]?.body == winners.map { UInt8($0) })
        }
    }

    @Test func `of a hundred commits to one document one wins each version`() async throws {
        try await stores[0].commit([.put("a")])
        for version: Int64 in 1...5 {
            let winners = try await race(100) { number in
                [.put("a", [UInt8(number)], expecting: .version(version))]
            }
            #expect(winners.count == 1, "version \(version)")
            let found = try await stores[1].documents(["a"], in: "things")["a"]
            #expect(found?.version == version + 1)
        }
    }

    @Test func `two that depend on what the other changes do not both happen`() async throws {
        for round in 0..<20 {
            let ids = ["\(round) x", "\(round) y"]
            try await stores[0].commit(ids.map { .put($0) })
            let winners = try await race(2) { number in
                [
                    DocumentWrite(.thing(ids[1 - number]), expecting: .version(1), .verify),
                    .put(ids[number], expecting: .version(1)),
                ]
            }
            #expect(winners.count == 1)
        }
    }

    @Test func `two that depend on the absence of what the other creates do not both happen`()
        async throws
    {
        for round in 0..<20 {
            let ids = ["\(round) x", "\(round) y"]
            let winners = try await race(2) { number in
                [
                    DocumentWrite(.thing(ids[1 - number]), expecting: .absent, .verify),
                    .put(ids[number], expecting: .absent),
                ]
            }
            #expect(winners.count == 1)
        }
    }

    @Test func `all that depend on one document and change others happen`() async throws {
        try await stores[0].commit([.put("shared")])
        let winners = try await race(50) { number in
            [
                DocumentWrite(.thing("shared"), expecting: .version(1), .verify),
                .put("\(number)", expecting: .absent),
            ]
        }
        #expect(winners.count == 50)
        let shared = try await stores[0].documents(["shared"], in: "things")["shared"]
        #expect(shared?.version == 1)
    }

    /// The numbers of those whose commit happened; every other one was in conflict.
    private func race(
        _ count: Int, _ writes: @escaping @Sendable (Int) -> [DocumentWrite]
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<count {
                group.addTask { [store = stores[number % 2]] in
                    do throws(StoreError) {
                        try await store.commit(writes(number))
                        return number
                    } catch {
                        guard case .conflict = error else { throw error }
                        return nil
                    }
                }
            }
            var winners: [Int] = []
            for try await number in group { if let number { winners.append(number) } }
            return winners
        }
    }
}
