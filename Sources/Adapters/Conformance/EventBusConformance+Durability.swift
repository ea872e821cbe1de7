import Platform
import Ports

extension EventBusConformance {
    /// A bus that keeps events, to be checked for that.
    public struct DurableSubject: Sendable {
        /// The bus.
        public let subject: Subject
        /// How many events each of its queues keeps: few, so that one can be filled.
        public let queueCountMaximum: Int
        /// Deliveries after which an event is a dead letter: few, so that one can be waited for.
        public let deliveryCountMaximum: Int

        private let onRestart: @Sendable () async throws -> Void

        /// Describes a bus that keeps events.
        ///
        /// - Parameter restart: stops the broker, starts it, and returns when it can be reached.
        public init(
            _ subject: Subject, queueCountMaximum: Int, deliveryCountMaximum: Int,
            restart: @escaping @Sendable () async throws -> Void
        ) {
            self.subject = subject
            self.queueCountMaximum = queueCountMaximum
            self.deliveryCountMaximum = deliveryCountMaximum
            onRestart = restart
        }

        func restart() async throws { try await onRestart() }
    }

    /// More checks for a bus that keeps events on a broker, each for a fresh subject.
    public static let durabilityChecks: [Check<DurableSubject>] = [
        Check("an event waits for a consumer, also while the broker restarts") { durable in
            let (subject, seen) = (durable.subject, Deliveries())
            for id in ["one", "two"] { try await subject.publish(id) }
            try await durable.restart()
            try await subject.publish("three")
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.eventually("all came") { await seen.ids.count == 3 }
            }
            try expect("ids", await seen.ids.sorted(), is: ["one", "three", "two"])
        },
        Check("a restart breaks channels, and what was in hand comes again") { durable in
            let (subject, seen, outcome) = (durable.subject, Deliveries(), Outcome())
            let channels = try await subject.openChannels(seen, outcome)
            try await subject.publish("one")
            try await subject.eventually("it came") { await seen.ids == ["one"] }
            try await durable.restart()
            for channel in channels { await channel.wait() }
            try expect("how they ended", await outcome.notes, is: ["broken", "broken"])
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.eventually("it came again") { await seen.ids.count == 2 }
            }
            let found = await seen.deliveries.map(\.isRedelivered)
            try expect("whether they had come before", found, is: [false, true])
        },
        Check("an event that is always sent back becomes a dead letter") { durable in
            let (subject, seen) = (durable.subject, Deliveries())
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return delivery.event.id == "poison" ? .again : .taken
            } while: {
                for id in ["poison", "good"] { try await subject.publish(id) }
                try await subject.eventually("it is dead") {
                    try await subject.deadLetters(of: subject.queue).map(\.id) == ["poison"]
                }
                try await subject.eventually("the other came") { await seen.ids.contains("good") }
            }
            // Some brokers count deliveries, others returns.
            let counts = durable.deliveryCountMaximum...durable.deliveryCountMaximum + 1
            let count = await seen.count(of: "poison")
            try expect("that \(count) deliveries are in \(counts)", counts.contains(count))
        },
        Check("a queue that is full refuses events and keeps those that it has") { durable in
            let (subject, seen) = (durable.subject, Deliveries())
            var accepted: [String] = []
            var isFull = false
            for number in 0..<10 * durable.queueCountMaximum where !isFull {
                do throws(BusError) {
                    try await subject.publish("\(number)")
                    accepted.append("\(number)")
                } catch {
                    guard error == .full else { throw error }
                    isFull = true
                }
            }
            try expect("whether it was full in the end", isFull)
            try expect("that it kept enough", accepted.count >= durable.queueCountMaximum)
            let expected = accepted.sorted()
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.eventually("all came") {
                    await seen.ids.count == expected.count
                }
                try await subject.publish("more")
                try await subject.eventually("there is room") { await seen.ids.contains("more") }
            }
            try expect("ids", await seen.ids.sorted(), is: (expected + ["more"]).sorted())
        },
    ]
}

extension EventBusConformance.Subject {
    /// Consumes, keeping what comes in hand until it is cancelled, and listens; each notes the
    /// error with which it ends.
    fileprivate func openChannels(
        _ seen: Deliveries, _ outcome: Outcome
    ) async throws -> [StartedTask] {
        func start(
            _ work: @escaping @Sendable () async throws(BusError) -> Void
        ) -> StartedTask {
            platform.tasks.start("conformance channel") {
                do throws(BusError) {
                    try await work()
                    await outcome.note("returned")
                } catch {
                    await outcome.note("\(error)")
                }
            }
        }
        let heard = Outcome()
        let channels = [
            start { () async throws(BusError) in
                // No room is left, and it notices all the same.
                try await bus.consume(queue, prefetchMaximum: 1) { delivery in
                    await seen.add(delivery)
                    await waitForCancellation()
                    return .taken
                }
            },
            start { () async throws(BusError) in
                try await bus.listen(to: "restarts") { await heard.note($0.text) }
            },
        ]
        try await eventually("it listens") {
            try await bus.signal(BusSignal(topic: "restarts", text: "hello"))
            return await !heard.notes.isEmpty
        }
        return channels
    }
}
