import Platform
import Ports
import RabbitMQAdapter

/// The way of an event from its publisher to a consumer beside the driver that the bus stands on:
/// persistent, mandatory and confirmed, then handed out and acknowledged, each by itself.
enum EventComparisons {
    private static let ratioMinimum = 0.7

    static func all(on servers: RealServers, platform: Platform) -> [Comparison] {
        let stand = Stand {
            let place = try RabbitMQPlace(try await servers.start(.rabbitMQ))
            let buses = try await EventBuses(place, platform: platform)
            await servers.beforeEnd { await buses.shutDown() }
            return buses
        }
        return [1, 16].map { width in
            Comparison(
                name: "RabbitMQ: publish and consume 200 bytes, \(width) unconfirmed",
                unit: "events",
                ours: Contender(name: "RabbitMQEventBus") { count in
                    try await stand.value.run(count, width)
                },
                peers: [
                    Contender(name: "librabbitmq", ratioMinimum: ratioMinimum) { count in
                        try await stand.value.raw.run(count, width)
                    }
                ], prepare: { try await stand.prepare() })
        }
    }
}

/// Our bus, which consumes until it is shut down, and its peer.
final class EventBuses: Sendable {
    let raw: RawRabbitMQ
    private let bus: RabbitMQEventBus
    private let arrivals = Arrivals()
    private let consumer: StartedTask

    init(_ place: RabbitMQPlace, platform: Platform) async throws {
        let configuration = place.configuration
        let bus = try RabbitMQEventBus(
            configuration, platform: platform, queues: [EventContents.ours, EventContents.raw]
        ) { event in
            if case .failed(let reason) = event { Terminal.say("RabbitMQ: \(reason)") }
        }
        self.bus = bus
        // Once it has published, its queues are there.
        try await bus.publish(EventContents.event, to: EventContents.ours)
        raw = try RawRabbitMQ(
            place, queue: "\(configuration.namePrefix)queue.\(EventContents.raw)")
        consumer = platform.tasks.start("consumer") { [arrivals] in
            do {
                try await bus.consume(
                    EventContents.ours, prefetchMaximum: EventContents.prefetchMaximum
                ) { _ in
                    arrivals.note()
                    return .taken
                }
            } catch {
                preconditionFailure("whoever waits for events would wait for ever: \(error)")
            }
        }
        await arrivals.wait(for: 1)
    }

    func shutDown() async {
        consumer.cancel()
        await consumer.wait()
        await bus.shutDown()
    }

    /// Publishes so many with our bus, and returns when they were all handed out.
    func run(_ count: Int, _ width: Int) async throws -> Int {
        let sum = try await InFlight.sum(count, width) { [bus] in
            try await bus.publish(EventContents.event, to: EventContents.ours)
            return 1
        }
        await arrivals.wait(for: count)
        return sum
    }
}
