import BSON
import Cluster

/// All that is encoded and decoded for one call, and nothing else.
enum CallEncoding {
    /// The envelope of `Cluster`, which keeps its own to itself.
    struct Envelope: Codable {
        var f: Int32 = 1
        var s: ServiceName
        var m: String
        var i: InstanceID
        var r: RequestID
        var t: String
        var w: Int64
        var p: Principal
        var b: [UInt8]
    }

    /// The answer of `Cluster`.
    struct Answer: Codable {
        enum Status: String, Codable {
            case done, refused, failed
        }

        var f: Int32 = 1
        var s: Status
        var c: String?
        var p: [String: String]?
        var b: [UInt8]?
    }

    private static let requestID: RequestID = "0123456789abcdefghjkmnpqrs"
    private static let instanceID: InstanceID = "tvwxyz0123456789abcdefghjk"

    /// Carries a message there and its reply back.
    static func carry(_ ask: Ask) throws -> Ask.Reply {
        let envelope = Envelope(
            s: Ask.service, m: Ask.name, i: instanceID, r: requestID, t: requestID.text, w: 3000,
            p: .anonymous, b: try BSONEncoder().encode(ask))
        let frame = try BSONEncoder().encode(envelope)
        let received = try BSONDecoder().decode(Envelope.self, from: frame)
        let asked = try BSONDecoder().decode(Ask.self, from: received.b)
        let answer = Answer(s: .done, b: try BSONEncoder().encode(asked.reply))
        let answerFrame = try BSONEncoder().encode(answer)
        let told = try BSONDecoder().decode(Answer.self, from: answerFrame)
        return try BSONDecoder().decode(Ask.Reply.self, from: told.b ?? [])
    }
}
