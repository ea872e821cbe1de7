import BSON
import Cluster
import Crypto
import Platform
import Ports

/// Gives commands their effect: once for each (principal, request id), together with all that
/// must not be lost with it.
///
/// One commit holds the changed documents, the rows for the outbox, the audit record and the
/// idempotency record. A command that came before is answered as it was then. The record of a
/// command that came out of a peer's outbox is that peer's place in the inbox.
public struct Effects: Sendable {
    /// What a service says about its effects.
    public struct Configuration: Sendable {
        /// How long a request id is remembered: much longer than any retry or late frame.
        public var idempotencyRetention = Duration.seconds(24 * 3600)
        /// How often a command is decided anew when others change what it read.
        public var attemptCountMaximum = 12

        /// The usual configuration.
        public init() {}
    }

    /// The service's store.
    public let store: any DocumentStore
    let platform: Platform
    let configuration: Configuration
    /// Marks the rows of this process's outbox: its own relay takes them first.
    let origin: String
    /// Tells this process's relay that there are new rows.
    let announced = WakeUp()

    /// Effects on `store`.
    public init(
        store: any DocumentStore, platform: Platform, configuration: Configuration = .init()
    ) {
        self.store = store
        self.platform = platform
        self.configuration = configuration
        origin = ID<OutboxRow>(platform.random, for: "outbox origin").text
    }

    /// Decides a command and commits what it decided, or answers as it was answered before.
    ///
    /// `decide` reads from the store, fills the transaction and returns the reply; it runs again
    /// from fresh reads when another commit came between; it runs on the caller's actor.
    /// A ``Refusal`` that it throws is remembered too, so that a late duplicate of a refused
    /// command has no effect either.
    public func perform<M: Message>(
        _ message: M, _ context: CallContext, isolation: isolated (any Actor)? = #isolation,
        _ decide: (inout Transaction) async throws -> M.Reply
    ) async throws -> M.Reply {
        let fingerprint = try Self.fingerprint(message)
        let id = Self.recordID(context)
        for attempt in 1...configuration.attemptCountMaximum {
            if let known = try await store.read(id, in: IdempotencyRecord.collection) {
                return try known.value.replay(M.self, fingerprint: fingerprint)
            }
            var transaction = Transaction(
                context: context, message: M.name, origin: origin, platform: platform)
            let outcome: Outcome<M.Reply, M.Code> = try await decided(&transaction, decide)
            let record = IdempotencyRecord(
                fingerprint: fingerprint, outcome: try Self.encode(outcome),
                expires: platform.clock.now + configuration.idempotencyRetention)
            do {
                let recorded = try IdempotencyRecord.collection.write(
                    record, id: id, expecting: .absent)
                try await store.commit(try transaction.writes(isDone: outcome.isDone) + [recorded])
                if outcome.isDone, transaction.isAnnouncing { announced.signal() }
                return try outcome.get()
            } catch StoreError.conflict {
                let pause = Duration.milliseconds(1 << min(attempt, 6))
                try await platform.clock.sleep(
                    for: platform.random.duration(below: pause, for: "conflict rest"))
            }
        }
        throw ClusterError.overloaded
    }

    private func decided<Reply, Code: RefusalCode>(
        _ transaction: inout Transaction, isolation: isolated (any Actor)? = #isolation,
        _ decide: (inout Transaction) async throws -> Reply
    ) async throws -> Outcome<Reply, Code> {
        do {
            return .done(try await decide(&transaction))
        } catch let refusal as Refusal<Code> {
            return .refused(refusal)
        }
    }

    /// The principal and the request id: who acts as somebody else is another principal.
    private static func recordID(_ context: CallContext) -> String {
        let (actor, subject) = (context.principal.actor, context.principal.subject)
        let delegated = actor == subject ? "" : "\(actor.text)/"
        return "\(delegated)\(subject.text)/\(context.requestID.text)"
    }

    private static func fingerprint<M: Message>(_ message: M) throws -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array(M.name.utf8) + [0])
        hash.update(data: try BSONEncoder().encode(message.fingerprinted))
        return Array(hash.finalize())
    }

    private static func encode<Reply: Encodable, Code>(
        _ outcome: Outcome<Reply, Code>
    ) throws -> IdempotencyRecord.Outcome {
        switch outcome {
        case .done(let reply): .done(reply: try BSONEncoder().encode(reply))
        case .refused(let refusal):
            .refused(code: refusal.rawCode, parameters: refusal.parameters)
        }
    }
}

/// What a command came to.
enum Outcome<Reply, Code: RefusalCode> {
    case done(Reply)
    case refused(Refusal<Code>)

    var isDone: Bool {
        switch self {
        case .done: true
        case .refused: false
        }
    }

    func get() throws -> Reply {
        switch self {
        case .done(let reply): return reply
        case .refused(let refusal): throw refusal
        }
    }
}

extension OffloadError: ClusterErrorConvertible {
    /// Too much waits already: the work was not begun.
    public var clusterError: ClusterError { .overloaded }
}

extension StoreError: ClusterErrorConvertible {
    /// What the caller of a service is told of its store's trouble.
    public var clusterError: ClusterError {
        switch self {
        case .conflict: .overloaded
        case .outcomeUnknown: .outcomeUnknown
        case .unavailable: .unavailable
        case .full: .storageFull
        case .limit, .corrupt: .failed
        }
    }
}
