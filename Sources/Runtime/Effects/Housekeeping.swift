import BSON
import Platform
import Ports

/// Forgets documents whose time is over: those of collections that have an index named `expiry`
/// over a field `expires`.
public struct Housekeeping: Sendable {
    private let store: any DocumentStore
    private let platform: Platform
    private let collections: [String]

    /// How long it rests between two rounds.
    static let rest = Duration.seconds(300)
    /// Documents removed in one commit.
    static let batchCount = 200

    /// Housekeeping of one service's store: of what effects keep, and of `collections`.
    public init(store: any DocumentStore, platform: Platform, collections: [String] = []) {
        self.store = store
        self.platform = platform
        self.collections = [EffectsCollection.idempotency, EffectsCollection.outbox] + collections
    }

    /// Sweeps now and then until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let jitter = platform.random.duration(below: Self.rest, for: "housekeeping rest")
            do { try await platform.clock.sleep(for: Self.rest + jitter) } catch { return }
            for collection in collections {
                // What cannot be removed now is removed in the next round.
                do { try await sweep(collection) } catch { continue }
            }
        }
    }

    func sweep(_ collection: String) async throws(StoreError) {
        let now = platform.clock.now
        while !Task.isCancelled {
            let page = try await store.page(
                IndexQuery("expiry", in: collection, prefix: [], limit: Self.batchCount))
            // What cannot be read stays, and does not hold up the others.
            let expired = page.documents.filter { Self.hasExpired($0, at: now) }
            guard !expired.isEmpty else { return }
            try await store.commit(
                expired.map { document in
                    DocumentWrite(
                        DocumentKey(collection: collection, id: document.id),
                        expecting: .version(document.version), .delete)
                })
        }
    }

    private struct Expiring: Codable {
        var expires: Instant
    }

    private static func hasExpired(_ document: StoredDocument, at now: Instant) -> Bool {
        do {
            return try BSONDecoder().decode(Expiring.self, from: document.body).expires <= now
        } catch {
            return false
        }
    }
}
