import BSON
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

@testable import Effects

/// What waits in the outbox is delivered, at least once, and holds up nobody.
struct OutboxRelayTests {
    @Test func `every row is delivered with its payload and its own id`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce((0..<120).map { "letter \(1000 + $0)" })
            await outbox.relay(for: .seconds(10))
            let deliveries = outbox.deliveries.value
            #expect(deliveries.map(\.text).sorted() == (0..<120).map { "letter \(1000 + $0)" })
            #expect(Set(deliveries.map(\.id)).count == 120)
            #expect(try outbox.rows().allSatisfy { $0.due == nil && $0.attempts == 1 })
        }
    }

    @Test(arguments: FailingStore.Fate.allCases)
    func `a row whose delivery is not noted is delivered again under the same id`(
        fate: FailingStore.Fate
    ) throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["letter"])
            // The relay reads a page, delivers, and notes it.
            outbox.failing.fates = [3: fate]
            await outbox.relay(for: .seconds(30))
            let deliveries = outbox.deliveries.value
            #expect(deliveries.count == (fate == .lostAfter ? 1 : 2))
            #expect(Set(deliveries.map(\.id)).count == 1)
            #expect(try outbox.rows().map(\.due) == [nil])
        }
    }

    @Test func `a row that cannot be delivered now is tried again after growing pauses`() throws {
        let times = try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["letter"])
            outbox.answer.value = { _ in .later }
            await outbox.relay(for: .seconds(600))
            return outbox.deliveries.value.map(\.uptime)
        }
        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
        #expect(gaps.count > 12)
        for (number, gap) in gaps.enumerated() {
            let pause = min(.milliseconds(200 << min(number + 1, 10)), Duration.seconds(60))
            // An idle relay looks again within two seconds.
            #expect(gap >= pause - .milliseconds(1), "gap \(number): \(gap)")
            #expect(gap <= pause + .milliseconds(2001), "gap \(number): \(gap)")
        }
    }

    @Test func `a row that recovers is delivered`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["letter"])
            outbox.answer.value = { _ in outbox.deliveries.value.count < 5 ? .later : nil }
            await outbox.relay(for: .seconds(60))
            #expect(outbox.deliveries.value.count == 5)
            let row = try #require(try outbox.rows().first)
            #expect(row.due == nil)
            #expect(row.attempts == 5)
            #expect(row.deadLetter == nil)
        }
    }

    @Test func `a row that can never be delivered becomes a dead letter and the others go on`()
        throws
    {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["bad", "good 1", "late", "good 2"])
            outbox.answer.value = { text in
                text == "bad" ? .never("no such person") : text == "late" ? .later : nil
            }
            await outbox.relay(for: .seconds(5))
            let counts = Dictionary(
                outbox.deliveries.value.map { ($0.text, 1) }, uniquingKeysWith: +)
            #expect(counts["bad"] == 1)
            #expect(counts["good 1"] == 1 && counts["good 2"] == 1)
            #expect(counts["late", default: 0] > 2)
            let dead = try outbox.memory.table.values(of: OutboxRow.collection, by: "dead")
            #expect(dead.map(\.deadLetter) == ["no such person"])
            #expect(dead.map(\.expires) == [nil])
            #expect(try outbox.memory.table.ids(of: "outbox", by: "due").count == 1)
        }
    }

    @Test func `a payload that cannot be read becomes a dead letter`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(payloads: [[], try BSONEncoder().encode(["other": 7])])
            try await outbox.announce(["good"])
            await outbox.relay(for: .seconds(5))
            #expect(outbox.deliveries.value.map(\.text) == ["good"])
            let dead = try outbox.memory.table.values(of: OutboxRow.collection, by: "dead")
            #expect(dead.map(\.deadLetter) == ["unreadable", "unreadable"])
        }
    }

    @Test func `a relay leaves the rows of other consumers alone`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            for name in ["letter", "letters ", "Letters", "letters2", ""] {
                try await outbox.announce([name], to: OutboxConsumer(name))
            }
            try await outbox.announce(["mine"])
            await outbox.relay(for: .seconds(5))
            #expect(outbox.deliveries.value.map(\.text) == ["mine"])
        }
    }

    @Test func `a row is not delivered before it is due`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["letter"], in: .seconds(100))
            await outbox.relay(for: .seconds(99))
            #expect(outbox.deliveries.value.isEmpty)
            await outbox.relay(for: .seconds(2))
            #expect(outbox.deliveries.value.count == 1)
        }
    }

    @Test func `a relay that is cancelled delivers nothing more`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            await outbox.relay(for: .seconds(5))
            try await outbox.announce(["letter"])
            await process.platform.rest(.seconds(60))
            #expect(outbox.deliveries.value.isEmpty)
        }
    }

    @Test func `a store that is away for a while loses nothing`() throws {
        try onOneNode { process in
            let outbox = Outbox(process)
            try await outbox.announce(["a", "b"])
            for operation in 2...40 where operation % 3 > 0 {
                outbox.failing.fates[operation] = .unavailable
            }
            await outbox.relay(for: .seconds(120))
            #expect(Set(outbox.deliveries.value.map(\.text)) == ["a", "b"])
            #expect(try outbox.rows().allSatisfy { $0.due == nil })
        }
    }
}
