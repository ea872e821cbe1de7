import BSON
import Platform
import Ports

/// Delivers what waits in a service's outbox, at least once, until it is cancelled.
///
/// Every replica runs one. It takes the rows of its own process as soon as they are committed,
/// and those of others when they are overdue: their process may be gone. A row is retried with
/// growing pauses; one that can never be delivered becomes a dead letter and holds up nobody.
public struct OutboxRelay: Sendable {
    private let effects: Effects
    private let routes: [String: OutboxRoute]

    /// How long an idle relay rests at least, and at most twice as long.
    static let idleRest = Duration.seconds(2)
    /// How long the rows of other processes are left to them.
    static let courtesy = Duration.seconds(2)
    /// The longest pause before another attempt.
    static let pauseMaximum = Duration.seconds(60)
    /// How long a delivered row is kept, for replay.
    static let retention = Duration.seconds(7 * 24 * 3600)
    /// Rows looked at in one go.
    static let batchCount = 100
    /// Rows delivered at once.
    static let deliveryCountMaximum = 8

    /// A relay for the outbox of `effects`.
    ///
    /// - Precondition: no two routes have the same consumer.
    public init(_ effects: Effects, routes: [OutboxRoute]) {
        self.effects = effects
        self.routes = Dictionary(uniqueKeysWithValues: routes.map { ($0.consumer.name, $0) })
    }

    private var platform: Platform { effects.platform }

    /// Relays until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            var rest = Self.idleRest
            do {
                rest = min(rest, try await relayDueRows())
            } catch {
                // The store is away, or another replica was first: the rows wait.
                rest = Self.idleRest
            }
            guard rest > .zero else { continue }
            let jitter = platform.random.duration(below: rest, for: "relay rest")
            await effects.announced.wait(atMost: rest + jitter, on: platform.clock)
        }
    }

    /// Delivers what is due; returns how long nothing else is.
    private func relayDueRows() async throws -> Duration {
        let page = try await effects.store.page(
            "due", in: OutboxRow.collection, prefix: [], limit: Self.batchCount)
        let now = platform.clock.now
        var due = page.items.filter { turn(of: $0) <= now }[...]
        guard !due.isEmpty else {
            return page.items.map { turn(of: $0) - now }.min() ?? Self.idleRest
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for row in due.prefix(Self.deliveryCountMaximum) {
                group.addTask { try await relay(row) }
            }
            due = due.dropFirst(Self.deliveryCountMaximum)
            while try await group.next() != nil {
                guard let row = due.popFirst(), !Task.isCancelled else { continue }
                group.addTask { try await relay(row) }
            }
        }
        return .zero
    }

    /// When this relay delivers a row; in the far future if it never does.
    private func turn(of row: Versioned<OutboxRow>) -> Instant {
        guard let due = row.value.due else { preconditionFailure("an indexed row is due") }
        let isOwn = row.value.owner == nil || row.value.owner == effects.origin
        return isOwn ? due : due + Self.courtesy
    }

    private func relay(_ row: Versioned<OutboxRow>) async throws {
        var next = row.value
        next.attempts += 1
        do throws(DeliveryError) {
            // A row of a newer release waits for it.
            guard let route = routes[row.value.consumer] else { throw .later }
            try await route.deliver(row.value.payload, row.id)
            (next.due, next.expires) = (nil, platform.clock.now + Self.retention)
            if route.consumer.forgetsPayload { next.payload = [] }
        } catch {
            switch error {
            case .later:
                let doubled = Duration.milliseconds(200) * (1 << min(next.attempts, 10))
                next.due = platform.clock.now + min(doubled, Self.pauseMaximum)
            case .never(let reason): (next.due, next.deadLetter) = (nil, reason)
            }
        }
        let write = try OutboxRow.collection.write(
            next, id: row.id, expecting: .version(row.version))
        do throws(StoreError) {
            try await effects.store.commit([write])
        } catch {
            // Another replica delivered it too: consumers take a repeated delivery as one.
            guard case .conflict = error else { throw error }
        }
    }
}
