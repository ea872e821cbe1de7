import BSON
import Cluster
import ClusterSimulator
import Trials

/// What is in a frame, in a few words, for people who read a trace.
enum FrameWords {
    private struct Request: Decodable {
        var s: String
        var m: String
    }

    private struct Answer: Decodable {
        var s: String
        var c: String?
    }

    static func describe(_ frame: SimulatedNetwork.Frame) -> String {
        let decoder = BSONDecoder()
        do {
            if frame.address.text.hasSuffix("/http") {
                if frame.isAnswer {
                    let answer = try decoder.decode(HTTPAnswer.self, from: frame.bytes)
                    return "\(answer.status), \(answer.body.count) B"
                }
                let call = try decoder.decode(HTTPCall.self, from: frame.bytes)
                return "\(call.method) \(call.path)"
            }
            if frame.isAnswer {
                let answer = try decoder.decode(Answer.self, from: frame.bytes)
                return answer.c.map { "\(answer.s): \($0)" } ?? answer.s
            }
            let request = try decoder.decode(Request.self, from: frame.bytes)
            return "\(request.s) \(request.m)"
        } catch {
            return "\(frame.bytes.count) B"
        }
    }
}
