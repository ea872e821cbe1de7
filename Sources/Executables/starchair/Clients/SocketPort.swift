import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Trials

/// A way to an installation by sockets.
struct SocketPort: HTTPPort {
    let url: String
    /// What has the connections.
    var client = HTTPClient.shared
    /// How long an answer may take.
    var timeout = Self.timeout

    /// How long an answer may take, usually.
    static let timeout = TimeAmount.seconds(30)
    /// Bytes of the largest answer that is taken.
    static let answerByteCountMaximum = 32 << 20

    func exchange(_ call: HTTPCall) async throws(NoAnswer) -> HTTPAnswer {
        var request = HTTPClientRequest(url: url + call.path)
        request.method = HTTPMethod(rawValue: call.method)
        for header in call.headers where header.count == 2 {
            request.headers.add(name: header[0], value: header[1])
        }
        if !call.body.isEmpty { request.body = .bytes(call.body) }
        do {
            let response = try await client.execute(request, timeout: timeout)
            let body = try await response.body.collect(upTo: Self.answerByteCountMaximum)
            return HTTPAnswer(
                status: Int(response.status.code),
                headers: response.headers.map { [$0.name, $0.value] },
                body: Array(body.readableBytesView))
        } catch {
            throw NoAnswer()
        }
    }
}
