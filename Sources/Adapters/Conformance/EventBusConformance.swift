import Platform
import Ports

/// What every ``EventBus`` promises while nothing goes wrong.
public enum EventBusConformance {
    /// A bus to be checked.
    public struct Subject: Sendable {
        /// The bus; ``queue`` and ``otherQueue`` are declared on it and empty, no other.
        public let bus: any EventBus
        /// The same bus as another process sees it.
        public let other: any EventBus
        /// The platform that the bus was given.
        public let platform: Platform
        /// A queue.
        public var queue: QueueName { "conformance" }
        /// Another queue.
        public var otherQueue: QueueName { "conformance.other" }

        private let onDeadLetters: @Sendable (QueueName) async throws -> [BusEvent]
        private let onReplay: @Sendable (QueueName) async throws -> Void

        /// Describes a bus with two empty queues, ``declared``.
        ///
        /// - Parameters:
        ///   - other: another connection to it; nil when there is only one.
        ///   - deadLetters: the dead letters of a queue.
        ///   - replay: publishes the dead letters of a queue again and forgets them.
        public init(
            _ bus: any EventBus, other: (any EventBus)? = nil, platform: Platform,
            deadLetters: @escaping @Sendable (QueueName) async throws -> [BusEvent],
            replay: @escaping @Sendable (QueueName) async throws -> Void
        ) {
            self.bus = bus
            self.other = other ?? bus
            self.platform = platform
            onDeadLetters = deadLetters
            onReplay = replay
        }

        func deadLetters(of queue: QueueName) async throws -> [BusEvent] {
            try await onDeadLetters(queue)
        }

        func replayDeadLetters(of queue: QueueName) async throws { try await onReplay(queue) }
    }

    /// The queues that exist on a bus before it is checked.
    public static let declared: [QueueName] = ["conformance", "conformance.other"]

    /// All checks of a bus of any kind, each for a fresh subject.
    public static let checks: [Check<Subject>] =
        delivery + verdicts + cancellation + limits + signals
}

extension EventBusConformance.Subject {
    /// How often ``eventually(_:_:)`` looks.
    private static var lookCountMaximum: Int { 3000 }

    /// Returns when `condition` holds; a bus that never makes it true is broken.
    func eventually(
        _ condition: String, _ holds: @Sendable () async throws -> Bool
    ) async throws {
        for _ in 0..<Self.lookCountMaximum {
            if try await holds() { return }
            try await platform.clock.sleep(for: .milliseconds(10))
        }
        throw ConformanceFailure(condition, expected: "true in time", found: "still false")
    }

    /// Consumes from a queue beside `body`, and returns when both have ended; a consumer must
    /// end by its cancellation and without an error.
    func consuming(
        _ queue: QueueName? = nil, on bus: (any EventBus)? = nil, prefetchMaximum: Int = 10,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict,
        while body: () async throws -> Void
    ) async throws {
        let (bus, queue) = (bus ?? self.bus, queue ?? self.queue)
        try await beside(
            { () async throws(BusError) in
                try await bus.consume(queue, prefetchMaximum: prefetchMaximum, handler)
            }, body)
    }

    /// Listens to a topic beside `body`, and returns when both have ended.
    func listening(
        to topic: TopicName, on bus: (any EventBus)? = nil,
        _ handler: @escaping @Sendable (BusSignal) async -> Void,
        while body: () async throws -> Void
    ) async throws {
        let bus = bus ?? self.bus
        try await beside(
            { () async throws(BusError) in
                try await bus.listen(to: topic, handler)
            }, body)
    }

    private func beside(
        _ work: @escaping @Sendable () async throws(BusError) -> Void,
        _ body: () async throws -> Void
    ) async throws {
        let outcome = Outcome()
        let task = platform.tasks.start("conformance consumer") {
            do throws(BusError) {
                try await work()
                await outcome.note(Task.isCancelled ? "cancelled" : "returned")
            } catch {
                await outcome.note("\(error)")
            }
        }
        do {
            try await body()
        } catch {
            task.cancel()
            await task.wait()
            throw error
        }
        task.cancel()
        await task.wait()
        try expect("how it ended", await outcome.notes, is: ["cancelled"])
    }

    func publish(_ id: String, to queue: QueueName? = nil) async throws(BusError) {
        try await bus.publish(
            BusEvent(id: id, sender: "sender", payload: Array(id.utf8)), to: queue ?? self.queue)
    }
}
