import Ports

extension EventBusConformance {
    static let limits: [Check<Subject>] = [
        Check("an event beyond a bound is not published") { subject in
            let long = String(repeating: "x", count: BusLimits.idByteCountMaximum + 1)
            let large = [UInt8](repeating: 7, count: BusLimits.payloadByteCountMaximum + 1)
            for event in [
                BusEvent(id: "", sender: "s", payload: []),
                BusEvent(id: long, sender: "s", payload: []),
                BusEvent(id: "1", sender: long, payload: []),
                BusEvent(id: "1", sender: "s", payload: large),
            ] {
                try await expectLimit("an event") { () async throws(BusError) in
                    try await subject.bus.publish(event, to: subject.queue)
                }
            }
            for name in wrongNames {
                try await expectLimit("a queue's name") { () async throws(BusError) in
                    try await subject.publish("1", to: QueueName(name))
                }
            }
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                try await subject.publish("one")
                try await subject.eventually("it came") { await seen.ids.count > 0 }
            }
            try expect("ids", await seen.ids, is: ["one"])
        },
        Check("a consumer asks for a number of events within the bounds") { subject in
            for number in [Int.min, -1, 0, BusLimits.prefetchCountMaximum + 1] {
                try await expectLimit("\(number) in hand") { () async throws(BusError) in
                    try await subject.bus.consume(subject.queue, prefetchMaximum: number) { _ in
                        .taken
                    }
                }
            }
            for name in wrongNames {
                try await expectLimit("a queue's name") { () async throws(BusError) in
                    try await subject.bus.consume(QueueName(name), prefetchMaximum: 1) { _ in
                        .taken
                    }
                }
                try await expectLimit("a topic's name") { () async throws(BusError) in
                    try await subject.bus.listen(to: TopicName(name)) { _ in }
                }
            }
            let maximum = BusLimits.prefetchCountMaximum
            try await subject.consuming(prefetchMaximum: maximum) { _ in
                .taken
            } while: {
                try await subject.publish("one")
            }
        },
        Check("a signal beyond a bound is not sent") { subject in
            let long = String(repeating: "x", count: BusLimits.signalByteCountMaximum)
            try await subject.bus.signal(BusSignal(topic: "t", text: long))
            try await expectLimit("a long text") { () async throws(BusError) in
                try await subject.bus.signal(BusSignal(topic: "t", text: long + "x"))
            }
            for name in wrongNames {
                try await expectLimit("a topic's name") { () async throws(BusError) in
                    try await subject.bus.signal(BusSignal(topic: TopicName(name), text: ""))
                }
            }
        },
    ]

    private static let wrongNames = [
        "", "a\0b", String(repeating: "x", count: BusLimits.nameByteCountMaximum + 1),
    ]

    private static func expectLimit(
        _ subject: String, from body: () async throws(BusError) -> Void
    ) async throws(ConformanceFailure) {
        try await expectError(subject, "a broken limit", from: body) { error in
            if case .limit = error { true } else { false }
        }
    }
}
