import BSON
import Cluster
import Platform
import Ports

/// How a command of one (principal, request id) was answered.
struct IdempotencyRecord: Codable, Sendable {
    enum Outcome: Codable, Sendable {
        case done(reply: [UInt8])
        case refused(code: String, parameters: [String: String])
    }

    var fingerprint: [UInt8]
    var outcome: Outcome
    var expires: Instant

    static let collection = DocumentCollection<IdempotencyRecord>(EffectsCollection.idempotency) {
        [IndexEntry(index: "expiry", key: [.text($0.expires.description)])]
    }

    /// The answer given then.
    func replay<M: Message>(_ type: M.Type, fingerprint: [UInt8]) throws -> M.Reply {
        guard fingerprint == self.fingerprint else { throw ClusterError.requestIDReused }
        switch outcome {
        case .done(let reply): return try BSONDecoder().decode(M.Reply.self, from: reply)
        case .refused(let code, let parameters):
            throw Refusal<M.Code>(rawCode: code, parameters: parameters)
        }
    }
}

/// The collections that effects keep in each service's store.
public enum EffectsCollection {
    /// How commands were answered.
    public static let idempotency = "idempotency"
    /// What is to be told to others.
    public static let outbox = "outbox"
    /// Who did what.
    public static let audit = "audit"
}
