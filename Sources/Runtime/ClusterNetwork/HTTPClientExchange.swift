import AsyncHTTPClient
import Cluster
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP by sockets, for a registry that is asked over HTTP.
public struct HTTPClientExchange: HTTPExchange {
    private let client: HTTPClient
    private let scheme: String

    /// Exchanges by `client`, whose TLS settings count if `isSecured`.
    public init(client: HTTPClient = .shared, isSecured: Bool = false) {
        self.client = client
        scheme = isSecured ? "https" : "http"
    }

    public func exchange(
        _ message: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage {
        var request = HTTPClientRequest(
            url: "\(scheme)://\(message.authority)\(message.target)")
        request.method = HTTPMethod(rawValue: message.method.rawValue)
        for (name, value) in message.headers { request.headers.add(name: name, value: value) }
        if !message.body.isEmpty { request.body = .bytes(message.body) }
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            response = try await client.execute(request, timeout: TimeAmount(timeout))
            body = try await response.body.collect(upTo: message.answerByteCountMaximum)
        } catch {
            throw Self.failure(error)
        }
        var headers: [String: String] = [:]
        for (name, value) in response.headers {
            headers[name.lowercased(), default: value] = value
        }
        return HTTPResponseMessage(
            status: Int(response.status.code), headers: headers,
            body: Array(body.readableBytesView))
    }

    private static func failure(_ error: any Error) -> TransportError {
        if error is CancellationError { return .cancelled }
        return switch error as? HTTPClientError {
        case .deadlineExceeded?, .readTimeout?, .writeTimeout?, .connectTimeout?: .timedOut
        case .cancelled?: .cancelled
        case nil where error is NIOConnectionError: .unreachable
        default: .broken
        }
    }
}
