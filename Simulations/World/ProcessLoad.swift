import BSON
import Platform

/// What one life of a process asks and is asked.
final class ProcessLoad: @unchecked Sendable {
    struct Failure {
        var time: Duration
        /// How often the call had been repeated before.
        var repetitionCount: Int
    }

    let machine: String
    var attemptCount = 0
    var repetitionCount = 0
    /// Calls that came more than once.
    var repeatedArrivalCount = 0
    var runningCount = 0
    var arrivals: Set<String> = []
    /// The last failures of calls that may be repeated, by what they are known by.
    var failures: [String: Failure] = [:]
    var isJudged = false

    init(_ machine: String) { self.machine = machine }
}

/// What a call is known by, and how long its caller waits.
struct CallHead: Decodable {
    let key: String
    /// Milliseconds.
    let remaining: Int64

    private enum CodingKeys: String, CodingKey {
        case service = "s", message = "m", request = "r", remaining = "w"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let words = try [.request, .service, .message].map { (key: CodingKeys) in
            try values.decode(String.self, forKey: key)
        }
        key = words.joined(separator: " ")
        remaining = try values.decode(Int64.self, forKey: .remaining)
    }

    /// The head of a frame; nil when it is no call between services.
    init?(_ frame: [UInt8]) {
        do { self = try BSONDecoder().decode(Self.self, from: frame) } catch { return nil }
    }
}

/// What an answer says first.
struct AnswerHead: Decodable {
    var s: String

    static func isFailed(_ frame: [UInt8]) -> Bool {
        do { return try BSONDecoder().decode(Self.self, from: frame).s == "failed" } catch {
            return true
        }
    }
}
