import AsyncHTTPClient
import Cluster
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// HTTP by sockets, for a registry that is asked over HTTP.
public final class HTTPClientExchange: HTTPExchange {
    private let client: HTTPClient
    private let scheme: String

    /// Exchanges without encryption, over connections that all of the process share.
    public init() { (client, scheme) = (.shared, "http") }

    /// Exchanges by TLS, with servers whose names and authorities are checked.
    ///
    /// - Parameter authorityFile: the authorities' certificates in PEM form; the system's if nil.
    /// - Throws: what is wrong with the file.
    public init(trusting authorityFile: String?) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authorityFile {
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorityFile))
        }
        client = HTTPClient(configuration: HTTPClient.Configuration(tlsConfiguration: tls))
        scheme = "https"
    }

    deinit {
        // The shared client is never shut down, and says so to this callback.
        client.shutdown { _ in }
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
