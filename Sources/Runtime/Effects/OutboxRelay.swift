import BSON
import Platform
import Ports

/// Delivers what waits in the outbox for one consumer, at least once, until it is cancelled.
///
/// Every replica runs one. A row is retried with growing pauses; one that can never be delivered
/// becomes a dead letter and holds up nobody.
public struct OutboxRelay<Payload: Codable & Sendable>: Sendable {
    /// Takes a payload; the id is the same at every attempt and names the delivery.
    public typealias Deliver =
        @Sendable (_ payload: Payload, _ id: String)
        async throws(DeliveryError) -> Void

    private let store: any DocumentStore
    private let platform: Platform
    private let consumer: OutboxConsumer
    private let deliver: Deliver

    /// How long an idle relay rests.
    static var idleRest: Duration { .milliseconds(500) }
    /// The longest pause before another attempt.
    static var pauseMaximum: Duration { .seconds(60) }
    /// How long a delivered row is kept, for replay.
    static var retention: Duration { .seconds(7 * 24 * 3600) }
    /// Rows taken at once.
    static var batchCount: Int { 50 }

    /// A relay for `consumer`.
    public init(
        _ consumer: OutboxConsumer, store: any DocumentStore, platform: Platform,
        deliver: @escaping Deliver
    ) {
        self.consumer = consumer
        self.store = store
        self.platform = platform
        self.deliver = deliver
    }

    /// Relays until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            var delivered = 0
            do {
                delivered = try await relayDueRows()
            } catch {
                // The store is away, or another replica was first: the rows wait.
                delivered = 0
            }
            if delivered == 0 {
                let rest = platform.random.duration(below: Self.idleRest, for: "relay rest")
                do { try await platform.clock.sleep(for: Self.idleRest + rest) } catch { return }
            }
        }
    }

    private func relayDueRows() async throws -> Int {
        let page = try await store.page(
            "due", in: OutboxRow.collection, prefix: [.text(consumer.name)],
            limit: Self.batchCount)
        let now = platform.clock.now
        var delivered = 0
        for row in page.items {
            guard let due = row.value.due, due <= now, !Task.isCancelled else { break }
            if try await relay(row) { delivered += 1 }
        }
        return delivered
    }

    private func relay(_ row: Versioned<OutboxRow>) async throws -> Bool {
        var next = row.value
        next.attempts += 1
        let now = platform.clock.now
        do throws(DeliveryError) {
            try await deliver(try payload(of: row.value), row.id)
            (next.due, next.expires) = (nil, now + Self.retention)
            if consumer.forgetsPayload { next.payload = [] }
        } catch {
            switch error {
            case .later:
                let doubled = Duration.milliseconds(200) * (1 << min(next.attempts, 10))
                next.due = now + min(doubled, Self.pauseMaximum)
            case .never(let reason): (next.due, next.deadLetter) = (nil, reason)
            }
        }
        let write = try OutboxRow.collection.write(
            next, id: row.id, expecting: .version(row.version))
        do {
            try await store.commit([write])
        } catch StoreError.conflict {
            // Another replica delivered it too: consumers take a repeated delivery as one.
            return true
        }
        return next.due == nil
    }

    private func payload(of row: OutboxRow) throws(DeliveryError) -> Payload {
        do {
            return try BSONDecoder().decode(Payload.self, from: row.payload)
        } catch {
            throw .never("unreadable")
        }
    }
}

/// Why something was not delivered.
public enum DeliveryError: Error, Hashable, Sendable {
    /// Not now: try again.
    case later
    /// Not ever; the text says why.
    case never(String)
}
