import BSON
import Platform

/// A call as a frame: what the callee needs beside the message itself.
struct Envelope: Codable {
    /// The form of the frame; another form is refused, not guessed at.
    static let currentForm: Int32 = 1

    var form: Int32 = Envelope.currentForm
    var service: ServiceName
    var message: String
    var instance: InstanceID
    var requestID: RequestID
    var traceID: String
    /// Milliseconds that the caller still waits: clocks differ, so no moment travels.
    var remaining: Int64
    /// The principal, flat: most act as themselves, and services have no claims.
    var subject: Party
    var actor: Party?
    var claims: [String: [String]]?
    var body: [UInt8]

    enum CodingKeys: String, CodingKey {
        case form = "f", service = "s", message = "m", instance = "i", requestID = "r"
        case traceID = "t", remaining = "w"
        case subject = "p", actor = "a", claims = "c", body = "b"
    }

    var principal: Principal {
        Principal(actor: actor ?? subject, subject: subject, claims: claims ?? [:])
    }

    init(
        service: ServiceName, message: String, instance: InstanceID, requestID: RequestID,
        traceID: String, remaining: Int64, principal: Principal, body: [UInt8]
    ) {
        self.service = service
        self.message = message
        self.instance = instance
        self.requestID = requestID
        self.traceID = traceID
        self.remaining = remaining
        subject = principal.subject
        actor = principal.actor == principal.subject ? nil : principal.actor
        claims = principal.claims.isEmpty ? nil : principal.claims
        self.body = body
    }
}

/// An answer as a frame.
struct Answer: Codable {
    enum Status: String, Codable {
        case done, refused, failed
    }

    var form: Int32 = Envelope.currentForm
    var status: Status
    var code: String?
    var parameters: [String: String]?
    var body: [UInt8]?

    enum CodingKeys: String, CodingKey {
        case form = "f", status = "s", code = "c", parameters = "p", body = "b"
    }

    /// What it came to, in a word of few.
    var outcome: String { status == .failed ? code ?? status.rawValue : status.rawValue }

    static func failed(_ error: ClusterError) -> Answer {
        Answer(status: .failed, code: error.rawValue)
    }
}

/// Bounds of the wire.
public enum FrameLimits {
    /// Bytes of one frame. Files do not travel in frames.
    public static let frameByteCountMaximum = 4 << 20
}
