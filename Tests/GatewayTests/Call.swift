import HTTPTypes
import Hummingbird

/// A request as a test writes it.
struct Call: Sendable {
    /// The host that the installation is reached by.
    static let authority = "test.example"

    var method = HTTPRequest.Method.post
    var path: String
    var headers = HTTPFields()
    var body = TestBody(bytes: [])
    /// Whether `Content-Length` says how long the body is.
    var tellsLength = true

    static func get(_ path: String) -> Call { Call(method: .get, path: path) }

    static func post(_ path: String) -> Call { Call(path: path) }

    static func json(_ path: String, _ text: String) -> Call { json(path, Array(text.utf8)) }

    static func json(_ path: String, _ bytes: [UInt8]) -> Call {
        Call(path: path, body: TestBody(bytes: bytes)).with("Content-Type", "application/json")
    }

    /// An upload of `bytes` as they are.
    static func pdf(_ bytes: [UInt8], query: String = "") -> Call {
        Call(path: "/api/draft/upload" + query, body: TestBody(bytes: bytes))
            .with("Content-Type", "application/pdf")
    }

    static func upload(_ form: Form) -> Call {
        Call(path: "/api/draft/upload", body: TestBody(bytes: form.bytes))
            .with("Content-Type", form.contentType)
    }

    /// One more header, or another value of one that is there.
    func with(_ name: String, _ value: String) -> Call {
        var call = self
        guard let name = HTTPField.Name(name) else { preconditionFailure("no header: \(name)") }
        call.headers[name] = value
        return call
    }

    func by(_ person: Person?) -> Call { person.map { session($0.session) } ?? self }

    func session(_ token: String) -> Call { with("Cookie", "starchair_session=\(token)") }

    func key(_ key: String) -> Call { with("Idempotency-Key", key) }

    func withoutLength() -> Call {
        var call = self
        call.tellsLength = false
        return call
    }

    func inPieces(of count: Int) -> Call {
        var call = self
        call.body.pieceByteCount = count
        return call
    }

    func cut(at offset: Int) -> Call {
        var call = self
        call.body.cut = offset
        return call
    }

    /// The request as the routes take it.
    var request: Request {
        var fields = headers
        if tellsLength, fields[.contentLength] == nil, !body.bytes.isEmpty {
            fields[.contentLength] = "\(body.bytes.count)"
        }
        return Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: Self.authority, path: path,
                headerFields: fields),
            body: RequestBody(asyncSequence: body))
    }
}
