import Ports

extension EventBusConformance {
    static let signals: [Check<Subject>] = [
        Check("a signal reaches everybody who listens to its topic") { subject in
            let (first, second, others) = (Outcome(), Outcome(), Outcome())
            try await subject.listening(to: "sessions") {
                await first.note($0.text)
            } while: {
                try await subject.listening(to: "sessions", on: subject.other) {
                    await second.note($0.text)
                } while: {
                    try await subject.listening(to: "windows") {
                        await others.note($0.text)
                    } while: {
                        // Nobody is told when the listeners have begun to listen.
                        for text in ["", "Grüße 日本語", "gone"] {
                            try await subject.eventually("all heard \(text)") {
                                try await subject.bus.signal(
                                    BusSignal(topic: "sessions", text: text))
                                try await subject.bus.signal(
                                    BusSignal(topic: "windows", text: "other"))
                                let notes = (await first.notes, await second.notes)
                                let isOtherHeard = await !others.notes.isEmpty
                                return notes.0.contains(text) && notes.1.contains(text)
                                    && isOtherHeard
                            }
                        }
                    }
                }
            }
            let heard = Set(await first.notes + second.notes)
            try expect("what was heard", heard, is: ["", "Grüße 日本語", "gone"])
            try expect("what the others heard", Set(await others.notes), is: ["other"])
        },
        Check("a signal that nobody hears is gone") { subject in
            try await subject.bus.signal(BusSignal(topic: "sessions", text: "early"))
            let heard = Outcome()
            try await subject.listening(to: "sessions") {
                await heard.note($0.text)
            } while: {
                try await subject.eventually("it is heard") {
                    try await subject.bus.signal(BusSignal(topic: "sessions", text: "late"))
                    return await !heard.notes.isEmpty
                }
            }
            try expect("what was heard", Set(await heard.notes), is: ["late"])
        },
        Check("signals are heard one at a time in the order in which they came") { subject in
            let heard = Deliveries()
            try await subject.listening(to: "numbers") { signal in
                await heard.begin(
                    BusDelivery(
                        event: BusEvent(id: signal.text, sender: "", payload: []),
                        isRedelivered: false, deliveryCount: 1))
                await Task.yield()
                await heard.end()
            } while: {
                try await subject.eventually("it listens") {
                    try await subject.bus.signal(BusSignal(topic: "numbers", text: "begin"))
                    return await !heard.ids.isEmpty
                }
                for number in 0..<50 {
                    try await subject.bus.signal(BusSignal(topic: "numbers", text: "\(number)"))
                }
                try await subject.eventually("all were heard") { await heard.ids.last == "49" }
            }
            try expect("at once", await heard.inHandCountMaximum, is: 1)
            let numbers = await heard.ids.filter { $0 != "begin" }
            try expect("the order", numbers, is: (0..<50).map { "\($0)" })
        },
    ]
}
