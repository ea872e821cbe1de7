import Cluster

/// An answer of Consul's that is no success.
struct ConsulFailure: Error, Hashable {
    let status: Int
    let text: String
    var headers: [String: String] = [:]

    /// What was asked makes no sense.
    static func badRequest(_ text: String) -> Self { Self(status: 400, text: text) }
    /// It cannot be done, for whatever reason.
    static func internalError(_ text: String) -> Self { Self(status: 500, text: text) }
    /// It is not there.
    static func notFound(_ text: String = "") -> Self { Self(status: 404, text: text) }

    /// What is said while no server leads.
    static let noLeader = internalError("No cluster leader")
    /// What an agent says that reaches no server.
    static let noServers = internalError("No known Consul servers")
    /// What a blocked query is told whose server went away.
    static let brokenOff = internalError("rpc error making call: EOF")

    /// The failure as an answer.
    var answer: HTTPResponseMessage {
        var headers = headers
        headers["content-type"] = "text/plain; charset=utf-8"
        return HTTPResponseMessage(status: status, headers: headers, body: Array(text.utf8))
    }

    /// The failure as the answer to a query: it carries an index that means nothing.
    var queryAnswer: HTTPResponseMessage {
        var answer = answer
        answer.headers["x-consul-index"] = "1"
        return answer
    }
}
