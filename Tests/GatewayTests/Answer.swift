import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

/// What a request got.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    /// Collects an answer to its end.
    init(_ response: Response) async throws {
        let collected = CollectedBody()
        try await response.body.write(collected.writer)
        status = response.status.code
        headers = response.headers
        body = collected.bytes
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    private struct Reply<Value: Decodable>: Decodable {
        var data: Value
    }

    /// The value of a good answer.
    func data<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try #require((200..<300).contains(status), "\(status): \(text)")
        return try JSONDecoder().decode(Reply<Value>.self, from: Data(body)).data
    }

    /// The members of a problem (RFC 9457).
    struct Problem: Decodable {
        var type: String
        var title: String
        var status: Int
        var code: String
        var parameters: [String: String]
    }

    func problem() throws -> Problem {
        try JSONDecoder().decode(Problem.self, from: Data(body))
    }

    /// The session that the answer opened.
    var session: String? {
        guard let cookie = header("Set-Cookie"), let value = cookie.split(separator: ";").first
        else { return nil }
        return value.split(separator: "=").dropFirst().first.map(String.init)
    }
}

/// An answer's body, as it is written.
private final class CollectedBody: Sendable {
    private let guarded = Mutex(ByteBuffer())

    var bytes: [UInt8] { guarded.withLock { Array($0.readableBytesView) } }
    var writer: Writer { Writer(collected: self) }

    struct Writer: ResponseBodyWriter {
        let collected: CollectedBody

        mutating func write(_ buffer: ByteBuffer) async throws {
            collected.guarded.withLock { _ = $0.writeImmutableBuffer(buffer) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
