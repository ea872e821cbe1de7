import Cluster
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

@testable import Effects

/// What is over is forgotten, and nothing else.
struct HousekeepingTests {
    /// Something that may have an end.
    private struct Token: Codable {
        var expires: Instant?
        var sorted: Instant

        static let collection = DocumentCollection<Token>("tokens") {
            [IndexEntry(index: "expiry", key: [.text($0.sorted.description)])]
        }
    }

    private static func write(
        _ offsets: [Duration], to store: MemoryDocumentStore, at now: Instant
    ) async throws {
        for (number, offset) in offsets.enumerated() {
            let token = Token(expires: now + offset, sorted: now + offset)
            try await store.commit([
                try Token.collection.write(token, id: "token \(number)", expecting: .absent)
            ])
        }
    }

    @Test func `what has expired is removed, to the millisecond`() throws {
        let left = try onOneNode { process in
            let store = MemoryDocumentStore()
            let offsets: [Duration] = [
                .seconds(-1000), .milliseconds(-1), .zero, .milliseconds(1), .seconds(1000),
            ]
            try await Self.write(offsets, to: store, at: process.platform.clock.now)
            try await Housekeeping(store: store, platform: process.platform).sweep("tokens")
            return try store.table.ids(of: "tokens", by: "expiry")
        }
        #expect(left == ["token 3", "token 4"])
    }

    @Test(arguments: [0, 1, 199, 200, 201, 401])
    func `any number of expired documents is removed`(count: Int) throws {
        let left = try onOneNode { process in
            let store = MemoryDocumentStore()
            let expired = (0..<count).map { Duration.milliseconds(-1 - $0) }
            try await Self.write(
                expired + [.seconds(1), .seconds(2)], to: store, at: process.platform.clock.now)
            try await Housekeeping(store: store, platform: process.platform).sweep("tokens")
            return try store.table.ids(of: "tokens", by: "expiry")
        }
        #expect(left == ["token \(count)", "token \(count + 1)"])
    }

    @Test func `a document without an end is never removed`() throws {
        let left = try onOneNode { process in
            let store = MemoryDocumentStore()
            let now = process.platform.clock.now
            try await store.commit([
                try Token.collection.write(
                    Token(expires: nil, sorted: now + .seconds(-5)), id: "token",
                    expecting: .absent)
            ])
            try await Housekeeping(store: store, platform: process.platform).sweep("tokens")
            return try store.table.ids(of: "tokens", by: "expiry")
        }
        #expect(left == ["token"])
    }

    /// How long after its end a document may still be there: two rests, the second a draw.
    private static let delay = Duration.seconds(601)

    @Test func `housekeeping removes in time from the collections it was given`() throws {
        try onOneNode { process in
            let (store, platform) = (MemoryDocumentStore(), process.platform)
            try await Self.write([.seconds(1000)], to: store, at: platform.clock.now)
            let housekeeping = Housekeeping(
                store: store, platform: platform, collections: ["tokens"])
            let task = process.start("housekeeping") { await housekeeping.run() }
            await platform.rest(.seconds(999))
            #expect(try store.table.ids(of: "tokens", by: "expiry") == ["token 0"])
            await platform.rest(.seconds(1) + Self.delay)
            #expect(try store.table.ids(of: "tokens", by: "expiry") == [])
            task.cancel()
            await task.wait()
        }
    }

    @Test func `a request is remembered for a day and then forgotten`() throws {
        try onOneNode { process in
            let (store, platform) = (MemoryDocumentStore(), process.platform)
            let bank = Bank(store: store, platform: platform)
            process.start("housekeeping") {
                await Housekeeping(store: store, platform: platform).run()
            }
            _ = try await bank.deposit(Deposit(), .call())
            await platform.rest(.seconds(24 * 3600 - 1))
            _ = try await bank.deposit(Deposit(), .call())
            #expect(bank.decisions.value == 1)
            await platform.rest(.seconds(1) + Self.delay)
            #expect(try Contents(of: store.table).idempotencyCount == 0)
            #expect(try Contents(of: store.table).auditCount == 1, "audit is for good")
        }
    }

    @Test func `a delivered row is retained for a week, others until they are dealt with`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["good", "bad"])
            try await outbox.announce(["elsewhere"], to: OutboxConsumer("nobody"))
            outbox.answer.value = { $0 == "bad" ? .never("bad") : nil }
            await outbox.relay(for: .seconds(2))
            let platform = process.platform
            process.start("housekeeping") {
                await Housekeeping(store: outbox.memory, platform: platform).run()
            }
            await platform.rest(.seconds(7 * 24 * 3600 - 3))
            #expect(try outbox.rows().count == 3)
            await platform.rest(.seconds(3) + Self.delay)
            #expect(try outbox.rows().map(\.consumer).sorted() == ["letters", "nobody"])
            #expect(try outbox.memory.table.ids(of: "outbox", by: "expiry") == [])
        }
    }

    @Test func `a store that fails is swept in a later round`() throws {
        try onOneNode { process in
            let (store, platform) = (MemoryDocumentStore(), process.platform)
            let failing = FailingStore(store)
            failing.fates = Dictionary(uniqueKeysWithValues: (1...6).map { ($0, .unavailable) })
            try await Self.write([.seconds(1)], to: store, at: platform.clock.now)
            process.start("housekeeping") {
                await Housekeeping(store: failing, platform: platform, collections: ["tokens"])
                    .run()
            }
            await platform.rest(Self.delay)
            #expect(try store.table.ids(of: "tokens", by: "expiry") == ["token 0"])
            await platform.rest(Self.delay + Self.delay)
            #expect(try store.table.ids(of: "tokens", by: "expiry") == [])
        }
    }
}
