import Platform
import Ports

/// Something to be told to one consumer, retained for a while after it was.
///
/// Rows wait in an index by the moment at which they are due, not behind a numbered offset: an
/// offset skips rows that commit late, and one row that cannot be delivered would hold up all.
struct OutboxRow: Codable, Sendable {
    var consumer: String
    var payload: [UInt8]
    var announced: Instant
    /// When to deliver it; nil when it was delivered or given up.
    var due: Instant?
    /// The request that announced it.
    var origin: String
    /// The process that announced it, whose relay takes it first.
    var owner: String?
    var attempts = 0
    /// Why it was given up; such rows stay until somebody looks.
    var deadLetter: String?
    /// When a delivered row may be forgotten.
    var expires: Instant?

    static let collection = DocumentCollection<OutboxRow>(EffectsCollection.outbox) { row in
        var entries: [IndexEntry] = []
        if let due = row.due {
            entries.append(IndexEntry(index: "due", key: [.text(due.description)]))
        }
        if row.deadLetter != nil {
            entries.append(
                IndexEntry(
                    index: "dead", key: [.text(row.consumer), .text(row.announced.description)]))
        }
        if let expires = row.expires {
            entries.append(IndexEntry(index: "expiry", key: [.text(expires.description)]))
        }
        return entries
    }
}

/// Who is told: the name of a route of the same service's relay.
public struct OutboxConsumer: Hashable, Sendable {
    /// The name, stable between releases: rows wait under it.
    public let name: String
    /// Whether what was delivered is forgotten at once, because it holds a secret; what is kept
    /// can be replayed.
    public let forgetsPayload: Bool

    /// Names a consumer.
    public init(_ name: String, forgetsPayload: Bool = false) {
        self.name = name
        self.forgetsPayload = forgetsPayload
    }
}
