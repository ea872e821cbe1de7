import BSON
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports

@testable import Effects

/// An outbox in memory and a relay whose deliveries the test answers.
struct Outbox: Sendable {
    /// One attempt to deliver.
    struct Delivery: Hashable {
        var text: String
        var id: String
        var uptime: Duration
    }

    static let letters = OutboxConsumer("letters")

    let process: SimulatedNode
    let memory = MemoryDocumentStore()
    let failing: FailingStore
    let deliveries = Box<[Delivery]>([])
    /// What is answered to a delivery; nil takes it.
    let answer = Box<@Sendable (String) -> DeliveryError?>({ _ in nil })

    init(_ process: SimulatedNode) {
        self.process = process
        failing = FailingStore(memory)
    }

    /// Puts rows for texts in the outbox, in one commit.
    func announce(
        _ texts: [String], to consumer: OutboxConsumer = Self.letters, in delay: Duration = .zero
    ) async throws {
        try await announce(
            payloads: try texts.map { try BSONEncoder().encode(Receipt(text: $0)) }, to: consumer,
            in: delay)
    }

    /// Puts rows in the outbox, in one commit.
    func announce(
        payloads: [[UInt8]], to consumer: OutboxConsumer = Self.letters,
        in delay: Duration = .zero
    ) async throws {
        let now = process.platform.clock.now
        try await failing.commit(
            try payloads.map { payload in
                let row = OutboxRow(
                    consumer: consumer.name, payload: payload, announced: now, due: now + delay,
                    origin: "request")
                let id = ID<OutboxRow>(process.platform.random, for: "test row")
                return try OutboxRow.collection.write(row, id: id.text, expecting: .absent)
            })
    }

    /// Runs a relay for so long.
    func relay(for duration: Duration) async {
        let (deliveries, answer, platform) = (deliveries, answer, process.platform)
        let route = OutboxRoute(to: Self.letters, Receipt.self) {
            payload, id throws(DeliveryError) in
            deliveries.value.append(
                Delivery(text: payload.text, id: id, uptime: platform.clock.uptime))
            if let error = answer.value(payload.text) { throw error }
        }
        let relay = OutboxRelay(Effects(store: failing, platform: platform), routes: [route])
        let task = process.start("relay") { await relay.run() }
        await platform.rest(duration)
        task.cancel()
        await task.wait()
    }

    /// All rows that are due, dead or done.
    func rows() throws -> [OutboxRow] {
        try ["due", "dead", "expiry"].flatMap {
            try memory.table.values(of: OutboxRow.collection, by: $0)
        }
    }
}
