import Ports
import Testing

@testable import MongoAdapters

/// Writers that commit pairs of documents while somebody harms the server, and what they were told.
actor CommitTrial {
    static let writerCount = 8

    private(set) var done: [Int] = []
    private(set) var unknown: [Int] = []
    private(set) var refused: [Int] = []
    private var isOver = false
    private var next = 0

    /// Runs the writers until `harm` has returned and each has had its last answer.
    func run(_ store: any DocumentStore, harm: @escaping @Sendable () async throws -> Void)
        async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.writerCount {
                group.addTask { await self.write(store) }
            }
            while done.count < 40 { await Task.yield() }
            try await harm()
            let enough = done.count + 40
            while done.count < enough { await Task.yield() }
            isOver = true
            try await group.waitForAll()
        }
    }

    /// Every acknowledged pair is there, every other is there whole and once or not at all.
    func check(_ store: any DocumentStore) async throws {
        let allowed: [([Int], Set<Int64?>)] = [
            (done, [1]), (refused, [nil]), (unknown, [1, nil]),
        ]
        for (numbers, expected) in allowed {
            for number in numbers {
                let ids = ["\(number) a", "\(number) b"]
                let found = try await store.documents(ids, in: "things")
                let versions = ids.map { found[$0]?.version }
                #expect(versions[0] == versions[1], "pair \(number) is whole")
                #expect(expected.contains(versions[0]), "pair \(number): \(versions)")
            }
        }
        let rows = try await store.page(
            IndexQuery("i", in: "things", prefix: [], limit: 500)
        ).documents
        #expect(rows.count >= min(done.count, 500))
    }

    private func write(_ store: any DocumentStore) async {
        while !isOver {
            next += 1
            let number = next
            let entry = IndexEntry(index: "i", key: [.integer(Int64(number))])
            do throws(StoreError) {
                try await store.commit([
                    .put("\(number) a", expecting: .absent, keys: [entry]),
                    .put("\(number) b", expecting: .absent),
                ])
                done.append(number)
            } catch {
                if case .outcomeUnknown = error {
                    unknown.append(number)
                } else {
                    refused.append(number)
                }
            }
        }
    }
}
