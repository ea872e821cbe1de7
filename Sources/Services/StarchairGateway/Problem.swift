import Cluster
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// What went wrong, as RFC 9457 writes it: a code and parameters, for which the client has the
/// text in its reader's language, and a short English title for people with a terminal.
struct Problem: Error {
    let status: HTTPResponse.Status
    let code: String
    let title: String
    var parameters: [String: String] = [:]
    /// Seconds after which it makes sense to ask again.
    var retryAfter: Int?

    init(_ status: HTTPResponse.Status, _ code: String, _ title: String) {
        self.status = status
        self.code = code
        self.title = title
    }

    /// A problem of the request's own form.
    static func badRequest(_ code: String, _ title: String) -> Problem {
        Problem(.badRequest, code, title)
    }

    /// The value of a call, or the problem that its failure amounts to.
    static func orValue<Value, Code>(
        _ body: () async throws(CallFailure<Code>) -> Value
    ) async throws(Problem) -> Value {
        do throws(CallFailure<Code>) {
            return try await body()
        } catch {
            switch error {
            case .refused(let refusal): throw Problem(refusal)
            case .unknown(let error): throw Problem(error)
            }
        }
    }

    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var code: String
        var parameters: [String: String]
    }

    /// The problem's body.
    var bytes: [UInt8] {
        let body = Body(
            type: "urn:starchair:problem:\(code)", title: title, status: status.code, code: code,
            parameters: parameters)
        return Array(JSON.encode(body))
    }

    /// The answer.
    var response: Response {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Session" }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
