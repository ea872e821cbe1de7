import BSON
import Cluster
import Platform
import Ports

/// What one command changes, gathered until it is committed as a whole.
public struct Transaction: Sendable {
    private let context: CallContext
    private let message: String
    private let origin: String
    private let platform: Platform
    private var changes: [DocumentWrite] = []
    private var objects: [String] = []
    /// Whether something is to be told to others.
    private(set) var isAnnouncing = false

    init(context: CallContext, message: String, origin: String, platform: Platform) {
        self.context = context
        self.message = message
        self.origin = origin
        self.platform = platform
    }

    /// The moment at which the command is decided, by this node's clock.
    public var now: Instant { platform.clock.now }

    /// Adds a document that does not exist yet.
    public mutating func insert<Value>(
        _ value: Value, id: String, in collection: DocumentCollection<Value>
    ) throws {
        changes.append(try collection.write(value, id: id, expecting: .absent))
        objects.append("\(collection.name)/\(id)")
    }

    /// Replaces a document that was read.
    public mutating func replace<Value>(
        _ read: Versioned<Value>, with value: Value, in collection: DocumentCollection<Value>
    ) throws {
        changes.append(
            try collection.write(value, id: read.id, expecting: .version(read.version)))
        objects.append("\(collection.name)/\(read.id)")
    }

    /// Removes a document that was read.
    public mutating func remove<Value>(
        _ read: Versioned<Value>, from collection: DocumentCollection<Value>
    ) {
        let key = DocumentKey(collection: collection.name, id: read.id)
        changes.append(DocumentWrite(key, expecting: .version(read.version), .delete))
        objects.append("\(collection.name)/\(read.id)")
    }

    /// Adds a document that does not exist yet, or replaces the one that was read.
    public mutating func put<Value>(
        _ value: Value, id: String, over read: Versioned<Value>?,
        in collection: DocumentCollection<Value>
    ) throws {
        if let read {
            try replace(read, with: value, in: collection)
        } else {
            try insert(value, id: id, in: collection)
        }
    }

    /// Makes the commit depend on a document that was read and is not changed.
    public mutating func verify<Value>(
        _ read: Versioned<Value>, in collection: DocumentCollection<Value>
    ) {
        let key = DocumentKey(collection: collection.name, id: read.id)
        changes.append(DocumentWrite(key, expecting: .version(read.version), .verify))
    }

    /// Makes the commit depend on there being no document of this id.
    public mutating func verifyAbsence<Value>(
        of id: String, in collection: DocumentCollection<Value>
    ) {
        let key = DocumentKey(collection: collection.name, id: id)
        changes.append(DocumentWrite(key, expecting: .absent, .verify))
    }

    /// Puts `payload` in the outbox, for the route of `consumer` to deliver at least once.
    public mutating func announce(_ payload: some Encodable, to consumer: OutboxConsumer) throws {
        isAnnouncing = true
        let row = OutboxRow(
            consumer: consumer.name, payload: try BSONEncoder().encode(payload),
            announced: now, due: now, origin: context.requestID.text, owner: origin)
        let id = ID<OutboxRow>(platform.random, for: "outbox row")
        changes.append(try OutboxRow.collection.write(row, id: id.text, expecting: .absent))
    }

    /// All writes of the commit; those of a refused command are dropped.
    func writes(isDone: Bool) throws -> [DocumentWrite] {
        guard isDone, !changes.isEmpty else { return [] }
        let record = AuditRecord(
            at: now, actor: context.principal.actor.text, subject: context.principal.subject.text,
            action: message, objects: objects, requestID: context.requestID.text,
            traceID: context.traceID)
        let id = ID<AuditRecord>(platform.random, for: "audit record")
        return changes + [try AuditRecord.collection.write(record, id: id.text, expecting: .absent)]
    }
}

/// Who did what to which objects, kept for good.
struct AuditRecord: Codable, Sendable {
    var at: Instant
    var actor: String
    var subject: String
    var action: String
    var objects: [String]
    var requestID: String
    var traceID: String

    static let collection = DocumentCollection<AuditRecord>(EffectsCollection.audit) {
        [IndexEntry(index: "time", key: [.text($0.at.description)])]
    }
}
