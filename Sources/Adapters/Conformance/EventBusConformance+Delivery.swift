import Ports

extension EventBusConformance {
    static let delivery: [Check<Subject>] = [
        Check("an event arrives as it was published") { subject in
            let events = [
                BusEvent(id: "1", sender: "sender", payload: []),
                BusEvent(id: "2", sender: "", payload: (0...255).map(UInt8.init)),
                BusEvent(id: "ü 😀", sender: "Grüße", payload: [0]),
                BusEvent(
                    id: String(repeating: "i", count: BusLimits.idByteCountMaximum),
                    sender: String(repeating: "s", count: BusLimits.idByteCountMaximum),
                    payload: .init(repeating: 7, count: BusLimits.payloadByteCountMaximum)),
            ]
            let seen = Deliveries()
            try await subject.consuming(on: subject.other) { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                for event in events { try await subject.bus.publish(event, to: subject.queue) }
                try await subject.eventually("all came") { await seen.deliveries.count >= 4 }
            }
            let found = Set(await seen.deliveries.map(\.event))
            try expect("that each came as it was", found == Set(events))
            let first = await seen.deliveries[0]
            try expect("whether it had come before", first.isRedelivered, is: false)
            try expect("how often it came", first.deliveryCount, is: 1)
        },
        Check("events that are published at the same time all arrive") { subject in
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                _ = try await subject.platform.tasks.together(100) { number in
                    try await subject.publish("\(number)")
                }
                try await subject.eventually("all came") { Set(await seen.ids).count == 100 }
            }
        },
        Check("two consumers share a queue: each event goes to one of them") { subject in
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.consuming(on: subject.other) { delivery in
                    await seen.add(delivery)
                    return .taken
                } while: {
                    for number in 0..<50 { try await subject.publish("\(number)") }
                    try await subject.eventually("all came") { await seen.ids.count >= 50 }
                }
            }
            try expect("deliveries", await seen.ids.sorted(), is: (0..<50).map { "\($0)" }.sorted())
        },
        Check("a consumer has as many events in its hands as it asked for, and no more") {
            subject in
            for maximum in [1, 3] {
                let seen = Deliveries()
                try await subject.consuming(prefetchMaximum: maximum) { delivery in
                    await seen.begin(delivery)
                    do {
                        try await subject.eventually("enough came") {
                            await seen.inHandCountMaximum >= maximum
                        }
                        // Long enough for one too many to come.
                        try await subject.platform.clock.sleep(for: .milliseconds(20))
                    } catch {
                        return .again
                    }
                    await seen.end()
                    return .taken
                } while: {
                    _ = try await subject.platform.tasks.together(3 * maximum) { number in
                        try await subject.publish("\(number)")
                    }
                    try await subject.eventually("all came") {
                        await seen.ids.count >= 3 * maximum
                    }
                }
                try expect("in hand at once", await seen.inHandCountMaximum, is: maximum)
            }
        },
        Check("queues are apart, and an unknown one takes nothing") { subject in
            let (seen, others) = (Deliveries(), Deliveries())
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.consuming(subject.otherQueue) { delivery in
                    await others.add(delivery)
                    return .taken
                } while: {
                    try await subject.publish("one")
                    try await subject.publish("two", to: subject.otherQueue)
                    try await expectError("publishing nowhere", .unroutable) {
                        () async throws(BusError) in
                        try await subject.publish("three", to: "conformance.nowhere")
                    }
                    try await subject.eventually("both came") {
                        let ids = (await seen.ids, await others.ids)
                        return ids == (["one"], ["two"])
                    }
                }
            }
        },
        Check("consuming from an unknown queue makes it exist") { subject in
            let seen = Deliveries()
            try await subject.consuming("conformance.new") { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.eventually("it exists") {
                    do throws(BusError) {
                        try await subject.publish("one", to: "conformance.new")
                        return true
                    } catch {
                        guard error == .unroutable else { throw error }
                        return false
                    }
                }
                try await subject.eventually("it came") { await seen.ids == ["one"] }
            }
        },
    ]
}

/// Throws unless `body` throws `expected`.
func expectError(
    _ subject: String, _ expected: BusError, from body: () async throws(BusError) -> Void
) async throws(ConformanceFailure) {
    try await expectError(subject, "\(expected)", from: body) { $0 == expected }
}
