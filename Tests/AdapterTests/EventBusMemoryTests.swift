import ClusterNetwork
import Conformance
import MemoryAdapters
import Platform
import Ports
import Testing

/// The bus in memory keeps its promise, and leaves what it cannot deliver to the publisher.
@Suite struct EventBusMemoryTests {
    let system = SystemPlatform.forTests()

    private func event(_ id: String) -> BusEvent {
        BusEvent(id: id, sender: "tests", payload: [1, 2, 3])
    }

    private func bus(_ bounds: EventLine.Bounds = EventLine.Bounds()) -> MemoryEventBus {
        MemoryEventBus(
            platform: system.platform, queues: EventBusConformance.declared, bounds: bounds)
    }

    @Test(arguments: EventBusConformance.checks)
    func `the bus keeps its promise`(
        _ check: Check<EventBusConformance.Subject>
    ) async throws {
        let bus = bus()
        try await check.run(
            EventBusConformance.Subject(
                bus, platform: system.platform,
                deadLetters: { bus.deadLetters(of: $0).map(\.event) },
                replay: { _ = try await bus.replayDeadLetters(of: $0) }))
        #expect(bus.counts.isConserved)
        #expect(bus.counts.queued + bus.counts.inFlight == 0)
    }

    @Test func `without a consumer the publisher keeps the event`() async {
        let bus = bus()
        await #expect(throws: BusError.unavailable) {
            try await bus.publish(event("one"), to: "conformance")
        }
        var expected = BusCounts()
        (expected.published, expected.withdrawn) = (1, 1)
        #expect(bus.counts == expected)
    }

    @Test func `an event that is always sent back stays with the publisher`() async throws {
        let bus = bus()
        let consumer = system.tasks.start("consumer") {
            do {
                try await bus.consume("conformance", prefetchMaximum: 1) { _ in .again }
            } catch {
                Issue.record("consuming ended with \(error)")
            }
        }
        await #expect(throws: BusError.unavailable) {
            try await bus.publish(event("one"), to: "conformance")
        }
        #expect(bus.counts.withdrawn == 1)
        #expect(bus.counts.isConserved)
        consumer.cancel()
        await consumer.wait()
    }

    @Test func `a dead letter that is not taken is one again`() async throws {
        let bus = bus()
        let consumer = system.tasks.start("consumer") {
            do {
                try await bus.consume("conformance", prefetchMaximum: 1) { _ in .never("bad") }
            } catch {
                Issue.record("consuming ended with \(error)")
            }
        }
        for id in ["one", "two"] { try await bus.publish(event(id), to: "conformance") }
        consumer.cancel()
        await consumer.wait()
        await #expect(throws: BusError.unavailable) {
            _ = try await bus.replayDeadLetters(of: "conformance")
        }
        #expect(bus.deadLetters(of: "conformance").map(\.event.id) == ["one", "two"])
        #expect(bus.deadLetters(of: "conformance").map(\.reason) == ["bad", "bad"])
        #expect(bus.counts.deadLettered == 2)
        #expect(bus.counts.isConserved)
    }

    @Test func `a queue full of dead letters refuses more`() async throws {
        var bounds = EventLine.Bounds()
        bounds.countMaximum = 2
        let bus = bus(bounds)
        let consumer = system.tasks.start("consumer") {
            do {
                try await bus.consume("conformance", prefetchMaximum: 1) { _ in .never("bad") }
            } catch {
                Issue.record("consuming ended with \(error)")
            }
        }
        for id in ["one", "two"] { try await bus.publish(event(id), to: "conformance") }
        await #expect(throws: BusError.full) {
            try await bus.publish(event("three"), to: "conformance")
        }
        consumer.cancel()
        await consumer.wait()
        #expect(bus.counts.published == 2)
        #expect(bus.counts.isConserved)
    }
}
