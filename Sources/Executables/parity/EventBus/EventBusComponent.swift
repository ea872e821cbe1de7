import ClusterSimulator
import Foundation
import MemoryAdapters
import Platform
import Ports
import RabbitMQAdapter

/// ``SimulatedBroker`` against RabbitMQ behind ``RabbitMQEventBus``.
struct EventBusComponent: Component {
    static let name = ComponentName.eventBus
    static let outcomes: [(operation: String, outcomes: [String])] = [
        ("publish", ["done", "unroutable", "limit"]), ("drain", ["events", "none", "limit"]),
        ("dead letters", ["some", "none"]), ("replay", ["some", "none"]),
        ("listen", ["done", "limit"]), ("signal", ["done", "limit"]),
        ("hear", ["signals", "nothing", "no listener"]),
    ]
    static let differences = [
        KnownDifference(
            "The order of a queue's deliveries and dead letters is not compared.",
            because: "No bus promises one."),
        KnownDifference(
            "Queues do not become full.",
            because: "The simulated queue counts its dead letters and what consumers hold, "
                + "RabbitMQ counts neither; the conformance suite checks what both promise."),
        KnownDifference(
            "No consumer is cancelled while it holds events.",
            because: "What the broker had sent to it meanwhile comes back counted or not, by a "
                + "race; the conformance suite checks that nothing is lost."),
        KnownDifference(
            "What is published just after a consumer ended may come as delivered before.",
            because: "The simulated client returns before its broker has heard of the end, the "
                + "real one after; a bus may say so of any event."),
    ]
    static let sequenceLength = 30
    static let shrinkingCountMaximum = 16
    /// Deliveries after which an event dies.
    private static let deliveryCountMaximum = 3

    let rabbitMQ: String
    let platform: Platform
    let plant: Plant?

    static func draw(_ draw: inout Draw) -> BusOperation { BusDraw.operation(&draw) }

    var laneCount: Int { 24 }

    func parts(in _: Int) -> [Part<BusOperation>] {
        [
            Part(name: "RabbitMQ", play: playReal),
            Part(name: "SimulatedBroker", play: playSimulated),
        ]
    }

    private func playReal(_ operations: [BusOperation]) async throws -> [Answer] {
        var configuration = try configuration()
        configuration.namePrefix =
            "parity\(ID<Self>(platform.random, for: "parity").text.prefix(20))."
        configuration.bounds.deliveryCountMaximum = Self.deliveryCountMaximum
        let buses = try (0..<2).map { _ in
            try RabbitMQEventBus(
                configuration, platform: platform, queues: BusDraw.declared
            ) { _ in }
        }
        let backdoor = BusPlayer.Backdoor(
            deadLetters: { queue in
                try await buses[0].deadLetters(of: queue).map { ($0.event, $0.deliveryCount) }
            },
            replay: { try await buses[0].replayDeadLetters(of: $0) })
        let answers = try await BusPlayer(buses, backdoor, platform: platform)
            .answers(to: operations)
        try await buses[0].removeQueues(BusDraw.declared + [BusDraw.consumed])
        for bus in buses { await bus.shutDown() }
        return answers
    }

    /// Reads `amqp://user:password@host:port/`.
    private func configuration() throws -> RabbitMQConfiguration {
        guard let parts = URLComponents(string: rabbitMQ), let host = parts.host,
            let user = parts.user, let password = parts.password
        else { throw Unusable(rabbitMQ) }
        var configuration = RabbitMQConfiguration(
            host: host, credentials: RabbitMQCredentials(user: user, password: password))
        configuration.port = parts.port ?? configuration.port
        return configuration
    }

    private func playSimulated(_ operations: [BusOperation]) throws -> [Answer] {
        try SimulatedPlay.answers { simulation, node in
            var bounds = EventLine.Bounds()
            bounds.deliveryCountMaximum = Self.deliveryCountMaximum
            let broker = SimulatedBroker(
                "broker", simulation, queues: BusDraw.declared, bounds: bounds)
            var buses = (0..<2).map { _ in broker.bus(for: node) }
            if plant == .brokerForgetsCounts { buses = buses.map(UncountingBus.init) }
            let backdoor = BusPlayer.Backdoor(
                deadLetters: { queue in
                    broker.deadLetters(of: queue).map { ($0.event, $0.deliveryCount) }
                },
                replay: { broker.replayDeadLetters(of: $0) })
            let player = BusPlayer(buses, backdoor, platform: node.platform)
            do {
                return try await player.answers(to: operations)
            } catch {
                simulation.fail("parity", "\(error)")
                return []
            }
        }
    }
}
