import Platform
import Ports

/// Carries out operations on one bus, whichever it is.
final class BusPlayer {
    /// What looks into the queues that no port shows.
    struct Backdoor {
        let deadLetters: (QueueName) async throws -> [(event: BusEvent, deliveryCount: Int)]
        let replay: (QueueName) async throws -> Int
    }

    /// A queue in which nothing came for this long is empty: it is longer than any pause of an
    /// event that comes again.
    private static let quiet = Duration.milliseconds(1000)
    private static let pollInterval = Duration.milliseconds(50)
    /// How long a listener takes to begin, and a signal to be heard, at most.
    private static let settling = Duration.milliseconds(250)

    private let clients: [any EventBus]
    private let backdoor: Backdoor
    private let platform: Platform
    private var eventCount = 0
    private var listeners: [Int: (heard: BusRecord, task: StartedTask)] = [:]

    init(_ clients: [any EventBus], _ backdoor: Backdoor, platform: Platform) {
        self.clients = clients
        self.backdoor = backdoor
        self.platform = platform
    }

    func answers(to operations: [BusOperation]) async throws -> [Answer] {
        var answers: [Answer] = []
        for operation in operations { answers.append(try await answer(to: operation)) }
        for slot in listeners.keys.sorted() { listeners[slot]?.task.cancel() }
        for slot in listeners.keys.sorted() { await listeners[slot]?.task.wait() }
        return answers
    }

    private func answer(to operation: BusOperation) async throws -> Answer {
        switch operation {
        case .publish(let fate, let size, let queue, let client):
            eventCount += 1
            let event = Self.event(eventCount, fate, size)
            return await done("publish") { () async throws(BusError) in
                try await clients[client].publish(event, to: queue)
            }
        case .drain(let queue, let prefetch, let client):
            return try await drain(queue, prefetch, clients[client])
        case .deadLetters(let queue):
            let found = try await backdoor.deadLetters(queue)
                .map { "\(Self.short($0.event)) × \($0.deliveryCount)" }.sorted()
            return Answer("dead letters", found.isEmpty ? "none" : "some", "\(found)")
        case .replay(let queue):
            let count = try await backdoor.replay(queue)
            return Answer("replay", count == 0 ? "none" : "some", "\(count)")
        case .listen(let topic, let slot, let client):
            return try await listen(topic, slot, clients[client])
        case .signal(let topic, let count, let client):
            eventCount += 1
            let text = String("\(eventCount) \(String(repeating: "s", count: count))".suffix(count))
            return await done("signal") { () async throws(BusError) in
                try await clients[client].signal(BusSignal(topic: topic, text: text))
            }
        case .hear(let slot):
            try await platform.clock.sleep(for: Self.settling)
            guard let heard = listeners[slot]?.heard.take() else {
                return Answer("hear", "no listener")
            }
            return Answer("hear", heard.isEmpty ? "nothing" : "signals", "\(heard)")
        }
    }

    private func drain(
        _ queue: QueueName, _ prefetch: Int, _ bus: any EventBus
    ) async throws -> Answer {
        let (record, end) = (BusRecord(), BusRecord())
        let task = platform.tasks.start("drain") {
            do throws(BusError) {
                try await bus.consume(queue, prefetchMaximum: prefetch) { delivery in
                    record.note(
                        "\(Self.short(delivery.event)) × \(delivery.deliveryCount)"
                            + (delivery.isRedelivered ? " again" : ""))
                    return Self.verdict(delivery)
                }
            } catch {
                end.note("\(error)")
            }
        }
        var (count, rest) = (0, Self.quiet)
        while rest > .zero {
            try await platform.clock.sleep(for: Self.pollInterval)
            rest = record.count == count ? rest - Self.pollInterval : Self.quiet
            count = record.count
        }
        task.cancel()
        await task.wait()
        // The simulated broker hears of a consumer's end a little later than its client.
        try await platform.clock.sleep(for: Self.pollInterval)
        if let error = end.take().first { return Answer("drain", Self.kind(error), error) }
        let found = record.take().sorted()
        return Answer("drain", found.isEmpty ? "none" : "events", "\(found)")
    }

    private func listen(
        _ topic: TopicName, _ slot: Int, _ bus: any EventBus
    ) async throws -> Answer {
        if let old = listeners.removeValue(forKey: slot) {
            old.task.cancel()
            await old.task.wait()
        }
        let (heard, end) = (BusRecord(), BusRecord())
        let task = platform.tasks.start("listen") {
            do throws(BusError) {
                try await bus.listen(to: topic) { heard.note(Self.short($0.text)) }
            } catch {
                end.note("\(error)")
            }
        }
        try await platform.clock.sleep(for: Self.settling)
        if let error = end.take().first { return Answer("listen", Self.kind(error), error) }
        listeners[slot] = (heard, task)
        return Answer("listen", "done")
    }

    private func done(
        _ operation: String, _ body: () async throws(BusError) -> Void
    ) async -> Answer {
        do throws(BusError) {
            try await body()
            return Answer(operation, "done")
        } catch {
            return Answer(operation, error: error)
        }
    }
}

extension BusPlayer {
    private static func event(
        _ number: Int, _ fate: BusOperation.Fate, _ size: BusOperation.Size
    ) -> BusEvent {
        let id = "\(fate.rawValue) \(number) "
        let maximum = BusLimits.idByteCountMaximum
        var (length, sender, count) = (id.utf8.count, 6, number % 5)
        switch size {
        case .usual(let byteCount): count = byteCount
        case .longID: length = maximum
        case .longerID: length = maximum + 1
        case .longerSender: sender = maximum + 1
        case .longerPayload: count = BusLimits.payloadByteCountMaximum + 1
        }
        return BusEvent(
            id: id.padded(to: length), sender: "".padded(to: sender),
            payload: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: count))
    }

    private static func verdict(_ delivery: BusDelivery) -> BusVerdict {
        let word = delivery.event.id.split(separator: " ").first.map(String.init) ?? ""
        switch BusOperation.Fate(rawValue: word) {
        case .taken, nil: return .taken
        case .againOnce: return delivery.deliveryCount > 1 ? .taken : .again
        case .againTwice: return delivery.deliveryCount > 2 ? .taken : .again
        case .never: return .never("it is to be so")
        case .againAlways: return .again
        }
    }

    /// An event as it is compared.
    private static func short(_ event: BusEvent) -> String {
        "\(short(event.id)) from \(short(event.sender)) \(event.payload.count) bytes "
            + "\(event.payload.prefix(2))"
    }

    private static func short(_ text: String) -> String {
        text.utf8.count > 40 ? "\(text.prefix(20))… of \(text.utf8.count) bytes" : text
    }

    private static func kind(_ error: String) -> String { String(error.prefix { $0 != "(" }) }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        self + String(repeating: "x", count: max(0, count - utf8.count))
    }
}
