import ClusterSimulator
import Conformance
import MemoryAdapters
import Platform
import Ports
import Testing

/// Without faults the simulated servers keep what the ports promise, whatever the order of jobs.
@Suite struct CalmConformanceTests {
    /// Runs a check on a node of its own, once for each seed.
    private func run<Subject>(
        _ check: Check<Subject>,
        _ subject: @escaping @Sendable (Simulation, SimulatedNode) -> Subject
    ) {
        for seed in SimulatedRun.seeds {
            SimulatedRun.clean(seed) { simulation in
                let node = simulation.makeNode("client")
                let subject = subject(simulation, node)
                await node.start("check") {
                    do {
                        try await check.run(subject)
                    } catch {
                        simulation.fail("conformance", "\(check.name): \(error)")
                    }
                }.wait()
            }
        }
    }

    @Test(arguments: EventBusConformance.checks)
    func `the broker keeps its promise`(_ check: Check<EventBusConformance.Subject>) {
        run(check) { simulation, node in
            let broker = SimulatedBroker(
                "broker", simulation, queues: EventBusConformance.declared)
            return .calm(broker, node)
        }
    }

    @Test(arguments: EventBusConformance.durabilityChecks)
    func `the broker keeps events`(_ check: Check<EventBusConformance.DurableSubject>) {
        run(check) { simulation, node in
            var bounds = EventLine.Bounds()
            (bounds.countMaximum, bounds.deliveryCountMaximum) = (20, 4)
            let broker = SimulatedBroker(
                "broker", simulation, queues: EventBusConformance.declared, bounds: bounds)
            return EventBusConformance.DurableSubject(
                .calm(broker, node), queueCountMaximum: 20, deliveryCountMaximum: 4
            ) {
                broker.restart()
                broker.heal()
            }
        }
    }

    @Test(arguments: EventBusConformance.checks)
    func `the bus in memory keeps its promise in any order of jobs`(
        _ check: Check<EventBusConformance.Subject>
    ) {
        run(check) { _, node in
            let bus = MemoryEventBus(
                platform: node.platform, queues: EventBusConformance.declared)
            return EventBusConformance.Subject(
                bus, platform: node.platform,
                deadLetters: { bus.deadLetters(of: $0).map(\.event) },
                replay: { _ = try await bus.replayDeadLetters(of: $0) })
        }
    }

    @Test(arguments: SessionCacheConformance.checks)
    func `the cache keeps its promise`(_ check: Check<SessionCacheConformance.Subject>) {
        run(check) { simulation, node in
            let cache = SimulatedCache("cache", simulation)
            return SessionCacheConformance.Subject(
                cache.cache(for: node), other: cache.cache(for: node), platform: node.platform)
        }
    }
}

extension EventBusConformance.Subject {
    /// A broker as one node sees it over two connections.
    fileprivate static func calm(_ broker: SimulatedBroker, _ node: SimulatedNode) -> Self {
        Self(
            broker.bus(for: node), other: broker.bus(for: node), platform: node.platform,
            deadLetters: { broker.deadLetters(of: $0).map(\.event) },
            replay: { broker.replayDeadLetters(of: $0) })
    }
}
