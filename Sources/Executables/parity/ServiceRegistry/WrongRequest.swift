import Cluster

/// A request that an agent refuses.
struct WrongRequest {
    let method: HTTPRequestMessage.Method
    let target: String
    let body: String

    init(_ method: HTTPRequestMessage.Method, _ target: String, _ body: String = "") {
        self.method = method
        self.target = target
        self.body = body
    }

    /// None of them changes anything.
    static let all = [
        WrongRequest(.get, "/v1/agent/service/register"),
        WrongRequest(.put, "/v1/agent/service/register", "{}"),
        WrongRequest(.put, "/v1/agent/service/register", #"{"ID": "x"}"#),
        WrongRequest(.put, "/v1/agent/service/register", #"{"Name": "x", "Unknown": 1}"#),
        WrongRequest(.put, "/v1/agent/service/register", "{"),
        WrongRequest(
            .put, "/v1/agent/service/register",
            #"{"Name": "x", "Check": {"TTL": "1s", "Status": "well"}}"#),
        WrongRequest(
            .put, "/v1/agent/service/register",
            #"{"Name": "x", "Check": {"TTL": "1s", "HTTP": "http://a", "Interval": "1s"}}"#),
        WrongRequest(.put, "/v1/agent/check/pass/nothing"),
        WrongRequest(.put, "/v1/agent/service/deregister/nothing"),
        WrongRequest(.get, "/v1/agent/service/deregister/nothing"),
        WrongRequest(.get, "/v1/agent/service/nothing"),
        WrongRequest(.get, "/v1/nothing"),
        WrongRequest(.put, "/v1/health/service/x"),
        WrongRequest(.get, "/v1/health/service/"),
        WrongRequest(.get, "/v1/health/service/x?index=first"),
        WrongRequest(.get, "/v1/health/service/x?index=1&wait=long"),
        WrongRequest(.get, "/v1/health/service/x?stale&consistent"),
        WrongRequest(.put, "/v1/kv/x?cas=1&acquire=y", "1"),
        WrongRequest(.put, "/v1/kv/x?acquire=nothing", "1"),
        WrongRequest(.put, "/v1/session/renew/nothing"),
        WrongRequest(.put, "/v1/session/destroy/nothing"),
        WrongRequest(.get, "/v1/session/info/nothing"),
        WrongRequest(.get, "/v1/session/create"),
        WrongRequest(.put, "/v1/session/create", #"{"Behavior": "forget"}"#),
        WrongRequest(.put, "/v1/session/create", #"{"TTL": "9s"}"#),
        WrongRequest(.put, "/v1/session/create", #"{"TTL": "ten"}"#),
        WrongRequest(.put, "/v1/session/create", #"{"Checks": ["nothing"]}"#),
        WrongRequest(.get, "/v1/catalog/node/nothing"),
        WrongRequest(.get, "/v1/catalog/service/nothing"),
        WrongRequest(.get, "/v1/health/state/unwell"),
    ]
}
