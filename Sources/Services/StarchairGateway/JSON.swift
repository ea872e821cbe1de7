import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// How the edge speaks JSON: keys sorted, so that equal answers are equal bytes.
enum JSON {
    /// Bytes of a request's body: a submission with 200 authors takes a quarter.
    static let byteCountMaximum = 256 * 1024

    static func encode(_ value: some Encodable) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(value)
        } catch {
            preconditionFailure("an answer holds text, numbers and lists only: \(error)")
        }
    }

    /// The request's body as a value.
    static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from request: Request
    ) async throws -> Value {
        guard mediaType(of: request) == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "wrongContentType",
                "Send the body as Content-Type: application/json.")
        }
        let bytes = try await collect(request)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes.readableBytesView))
        } catch let error as DecodingError {
            throw problem(error)
        } catch {
            throw Problem.badRequest("malformedJSON", "The body is not JSON.")
        }
    }

    /// The request's body as a value; nil when there is none.
    static func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type = Value.self, from request: Request
    ) async throws -> Value? {
        guard request.headers[.contentType] != nil else { return nil }
        return try await decode(type, from: request)
    }

    /// The request's media type without its parameters, in lower case.
    static func mediaType(of request: Request) -> String? {
        request.headers[.contentType]?.split(separator: ";").first
            .map { $0.lowercased().filter { $0 != " " } }
    }

    private static func collect(_ request: Request) async throws -> ByteBuffer {
        var bytes = ByteBuffer()
        for try await part in request.body {
            guard bytes.readableBytes + part.readableBytes <= byteCountMaximum else {
                throw Problem(.contentTooLarge, "bodyTooLarge", "The body is over 256 KiB.")
            }
            bytes.writeImmutableBuffer(part)
        }
        return bytes
    }

    private static func problem(_ error: DecodingError) -> Problem {
        let (path, code): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], "missingField")
            case .typeMismatch(_, let context), .valueNotFound(_, let context):
                (context.codingPath, "invalidField")
            case .dataCorrupted(let context):
                (context.codingPath, context.codingPath.isEmpty ? "malformedJSON" : "invalidField")
            @unknown default: ([], "malformedJSON")
            }
        var problem = Problem.badRequest(
            code,
            path.isEmpty
                ? "The body is not the JSON object that is expected here."
                : "A field is missing or has a value that is not allowed.")
        if !path.isEmpty {
            problem.parameters["field"] = path.map(\.stringValue).joined(separator: ".")
        }
        return problem
    }
}

/// A good answer, in the form that clients of the older system know.
struct Reply<Value: Encodable>: Encodable {
    let code = 0
    let data: Value
}

extension Response {
    /// An answer with a value.
    static func reply(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let bytes = ByteBuffer(bytes: JSON.encode(Reply(data: value)))
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: bytes))
    }
}

extension HTTPField.Name {
    static let retryAfter = Self("Retry-After")!
    static let idempotencyKey = Self("Idempotency-Key")!
    static let contentSecurityPolicy = Self("Content-Security-Policy")!
    static let contentTypeOptions = Self("X-Content-Type-Options")!
    static let referrerPolicy = Self("Referrer-Policy")!
}
