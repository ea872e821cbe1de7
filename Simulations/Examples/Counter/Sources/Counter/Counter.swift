import Cluster
import Ports

/// Adds one to the total.
struct Increment: Message {
    typealias Reply = Done
    typealias Code = NoRefusal
    static let (service, name, kind) = (Counter.name, "increment", MessageKind.command)
}

/// Asks for the total.
struct Read: Message {
    typealias Reply = Total
    typealias Code = NoRefusal
    static let (service, name, kind) = (Counter.name, "read", MessageKind.query)
}

/// What the counter stores, and answers.
struct Total: Codable, Sendable {
    var count = 0
}

/// A service that counts; it knows its port and nothing of simulation.
actor Counter {
    static let name: ServiceName = "counter"
    private static let totals = DocumentCollection<Total>("totals")
    private let store: any DocumentStore
    /// Whether a total is replaced only if it is still the one that was read. If not, what another
    /// call wrote during an `await` is lost: an actor guards its memory, not what it has stored.
    private let checksVersion: Bool

    init(store: any DocumentStore, checksVersion: Bool) {
        self.store = store
        self.checksVersion = checksVersion
    }

    nonisolated var service: Service {
        let increment = Handler(Increment.self) { _, _ in try await self.increment() }
        let read = Handler(Read.self) { _, _ in try await self.stored()?.value ?? Total() }
        return Service(Self.name, [increment, read])
    }

    private func increment() async throws -> Done {
        let stored = try await stored()
        let total = Total(count: (stored?.value.count ?? 0) + 1)
        let unchanged = stored.map { DocumentWrite.Expectation.version($0.version) } ?? .absent
        let write = try Self.totals.write(
            total, id: "total", expecting: checksVersion ? unchanged : .anything)
        do { try await store.commit([write]) } catch {
            guard case .conflict = error else { throw error }
            throw ClusterError.unavailable  // Nothing was written: the client asks again.
        }
        return Done()
    }

    private func stored() async throws -> Versioned<Total>? {
        try await store.read("total", in: Self.totals)
    }
}
