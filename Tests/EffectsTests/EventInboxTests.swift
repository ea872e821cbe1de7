import BSON
import Cluster
import ClusterSimulator
import Platform
import Ports
import Testing

@testable import Effects

/// Events of a queue become messages: taken once they had their effect, put away when they never
/// will.
struct EventInboxTests {
    private static let queue: QueueName = "deposits"

    /// What becomes of one event when the service answers so.
    private func counts(
        payload: [UInt8]? = nil, for duration: Duration = .seconds(600),
        _ answer: @escaping @Sendable (_ attempt: Int) throws -> Balance
    ) throws -> (attempts: Int, taken: Int, dead: Int, queued: Int) {
        try simulated { simulation in
            let network = SimulatedNetwork(simulation)
            let registry = SimulatedRegistry(simulation)
            let broker = SimulatedBroker("broker", simulation, queues: [Self.queue])
            let process = simulation.makeNode("bank")
            let node = Node(
                .init(address: "bank"), platform: process.platform,
                transport: network.transport(of: process),
                registry: registry.registry(for: process))
            let attempts = Box(0)
            let handler = Handler(Deposit.self) { _, context in
                #expect(context.principal == Principal(.service("till")))
                attempts.value += 1
                return try answer(attempts.value)
            }
            node.host(Service(Deposit.service, [handler]))
            let bus = broker.bus(for: process)
            try await process.perform {
                try await node.start()
                let bytes = try payload ?? BSONEncoder().encode(Deposit())
                try await bus.publish(
                    BusEvent(id: "event", sender: "till", payload: bytes), to: Self.queue)
            }
            let inbox = EventInbox(
                Deposit.self, from: Self.queue, bus: bus, client: node.client)
            let task = process.start("inbox") { await inbox.run() }
            try await process.perform { await process.platform.rest(duration) }
            try await process.perform { task.cancel() }
            await task.wait()
            let counts = broker.counts(of: Self.queue)
            return (
                attempts.value, counts.taken, broker.deadLetters(of: Self.queue).count,
                counts.queued
            )
        }
    }

    @Test func `an event is taken when its message is done`() throws {
        #expect(try counts { _ in Balance() } == (1, 1, 0, 0))
    }

    @Test func `an event comes again while the service is away, however long`() throws {
        let counts = try counts { attempt in
            guard attempt > 60 else { throw ClusterError.unavailable }
            return Balance()
        }
        #expect(counts.taken == 1 && counts.dead == 0 && counts.attempts == 61)
    }

    @Test func `an event that is refused is a dead letter at once`() throws {
        #expect(try counts { _ in throw Refusal(Deposit.Code.closed) } == (1, 0, 1, 0))
    }

    @Test func `an event that cannot be read is a dead letter and no message`() throws {
        #expect(try counts(payload: [1, 2, 3]) { _ in Balance() } == (0, 0, 1, 0))
    }

    @Test func `an event on which the service fails by a defect is given up in the end`() throws {
        let counts = try counts { _ in throw ClusterError.failed }
        #expect(counts.taken == 0 && counts.dead == 1)
        #expect(counts.attempts >= EventInbox<Deposit>.defectCountMaximum)
    }
}
