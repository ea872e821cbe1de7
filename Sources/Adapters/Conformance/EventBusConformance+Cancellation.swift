import Platform
import Ports

extension EventBusConformance {
    static let cancellation: [Check<Subject>] = [
        Check("what a consumer says after its cancellation counts") { subject in
            let seen = Deliveries()
            try await subject.publishing("one") {
                try await subject.consuming { delivery in
                    await seen.add(delivery)
                    await subject.waitForCancellation()
                    return .taken
                } while: {
                    try await subject.eventually("it came") { await seen.ids.count == 1 }
                }
            }
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.publish("two")
                try await subject.eventually("the next came") { await seen.count(of: "two") > 0 }
            }
            try expect("ids", await seen.ids, is: ["one", "two"])
        },
        Check("what a cancelled consumer gives back comes to another one") { subject in
            let (first, second) = (Deliveries(), Deliveries())
            try await subject.publishing("one") {
                try await subject.consuming { delivery in
                    await first.add(delivery)
                    await subject.waitForCancellation()
                    return .again
                } while: {
                    try await subject.eventually("it came") { await first.ids.count == 1 }
                }
                try await subject.consuming(on: subject.other) { delivery in
                    await second.add(delivery)
                    return .taken
                } while: {
                    try await subject.eventually("it came again") {
                        await second.ids == ["one"]
                    }
                }
            }
            try expect("deliveries to the first", await first.ids, is: ["one"])
            let again = await second.deliveries.map(\.isRedelivered)
            try expect("whether it had come before", again, is: [true])
        },
        Check("a consumer that was cancelled takes nothing more") { subject in
            let (first, second) = (Deliveries(), Deliveries())
            for _ in 0..<5 {
                try await subject.consuming { delivery in
                    await first.add(delivery)
                    return .taken
                } while: {
                }
            }
            try await subject.publishing("one") {
                try await subject.consuming { delivery in
                    await second.add(delivery)
                    return .taken
                } while: {
                    try await subject.eventually("it came") { await second.ids == ["one"] }
                }
            }
            try expect("deliveries to the first", await first.ids, is: [])
        },
        Check("a publisher that is cancelled ends, and its event comes at most once") { subject in
            let (seen, outcome) = (Deliveries(), Outcome())
            try await subject.consuming(prefetchMaximum: 2) { delivery in
                await seen.add(delivery)
                guard delivery.event.id == "one" else { return .taken }
                await subject.waitForCancellation()
                return .taken
            } while: {
                let publisher = subject.startPublishing("one", outcome)
                try await subject.eventually("it came") { await seen.ids.count == 1 }
                publisher.cancel()
                await publisher.wait()
                try await subject.publish("two")
                try await subject.eventually("the next came") { await seen.ids.count == 2 }
            }
            let notes = await outcome.notes
            try expect(
                "that \(notes) is honest", notes == ["published"] || notes == ["unconfirmed"])
            try expect("ids", await seen.ids, is: ["one", "two"])
        },
    ]
}

extension EventBusConformance.Subject {
    /// Publishes an event beside `body`, and returns when both have ended; it must be published.
    fileprivate func publishing(_ id: String, while body: () async throws -> Void) async throws {
        let outcome = Outcome()
        let publisher = startPublishing(id, outcome)
        do {
            try await body()
        } catch {
            publisher.cancel()
            await publisher.wait()
            throw error
        }
        await publisher.wait()
        try expect("what became of it", await outcome.notes, is: ["published"])
    }

    fileprivate func startPublishing(_ id: String, _ outcome: Outcome) -> StartedTask {
        platform.tasks.start("conformance publisher") {
            do throws(BusError) {
                try await publish(id)
                await outcome.note("published")
            } catch {
                await outcome.note("\(error)")
            }
        }
    }

    /// Suspends until the task is cancelled.
    func waitForCancellation() async {
        do {
            while true { try await platform.clock.sleep(for: .seconds(60)) }
        } catch {
            return
        }
    }
}
