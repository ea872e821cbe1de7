import ClusterNetwork
import Conformance
import Ports
import RabbitMQAdapter
import Testing

/// All that needs the broker, one after the other: some tests kill it.
@Suite(.serialized) enum RabbitMQTests {
    static let system = SystemPlatform(SystemPlatform.Configuration(offloadThreadCount: 2))

    /// A subject of the conformance suites, with two connections.
    static func subject(
        _ change: (inout RabbitMQConfiguration) -> Void = { _ in }
    ) throws -> (EventBusConformance.Subject, [OpenedBus]) {
        let server = try RabbitMQServer.shared.get()
        let prefix = OpenedBus.newPrefix()
        let buses = try (0..<2).map { _ in
            try OpenedBus(
                server, system, prefix: prefix, queues: EventBusConformance.declared, change)
        }
        let bus = buses[0].bus
        let subject = EventBusConformance.Subject(
            bus, other: buses[1].bus, platform: system.platform,
            deadLetters: { try await bus.deadLetters(of: $0).map(\.event) },
            replay: { try await bus.replayDeadLetters(of: $0) })
        return (subject, buses)
    }
}

extension RabbitMQTests {
    /// The bus keeps what the port promises.
    @Suite(.serialized) struct Conforming {
        @Test(arguments: EventBusConformance.checks)
        func `the bus keeps its promise`(
            _ check: Check<EventBusConformance.Subject>
        ) async throws {
            let (subject, buses) = try RabbitMQTests.subject()
            try await check.run(subject)
            for opened in buses { await opened.bus.shutDown() }
        }

        @Test(arguments: EventBusConformance.durabilityChecks)
        func `the bus keeps events`(
            _ check: Check<EventBusConformance.DurableSubject>
        ) async throws {
            let (subject, buses) = try RabbitMQTests.subject {
                $0.bounds.eventCountMaximum = 5
                $0.bounds.deliveryCountMaximum = 3
            }
            let server = try RabbitMQServer.shared.get()
            try await check.run(
                EventBusConformance.DurableSubject(
                    subject, queueCountMaximum: 5, deliveryCountMaximum: 3,
                    restart: { try server.restart(keepingData: true) }))
            for opened in buses { await opened.bus.shutDown() }
        }
    }
}
