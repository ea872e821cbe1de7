import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The opening handshake, seen from the server (RFC 6455, section 4.2).
enum WebSocketHandshake {
    /// The request keeps to the protocol; the value proves that it was understood.
    case valid(accept: String)
    /// It does not, and gets this response.
    case refused(Response)

    private static let version = "13"
    private static let keyByteCount = 16
    private static let keySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    init(_ request: HTTPRequest) {
        let fields = request.headerFields
        if request.method != .get {
            self = .refused(Response(status: .methodNotAllowed, headers: [.allow: "GET"]))
        } else if !Self.list(fields[values: .upgrade]).contains("websocket")
            || !Self.list(fields[values: .connection]).contains("upgrade")
        {
            self = .refused(Self.upgradeRequired)
        } else if fields[values: .secWebSocketVersion] != [Self.version] {
            var response = Self.upgradeRequired
            response.headers[.secWebSocketVersion] = Self.version
            self = .refused(response)
        } else if let key = Self.key(fields), request.authority?.isEmpty == false,
            !Self.hasBody(fields)
        {
            self = .valid(accept: Self.accept(key: key))
        } else {
            self = .refused(Response(status: .badRequest))
        }
    }

    /// The response that ends the handshake; what follows it is frames.
    static func response(accept: String) -> ByteBuffer {
        ByteBuffer(
            string: """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: \(accept)\r
                \r

                """)
    }

    private static var upgradeRequired: Response {
        Response(
            status: .upgradeRequired, headers: [.upgrade: "websocket", .connection: "Upgrade"])
    }

    private static func accept(key: String) -> String {
        Data(Insecure.SHA1.hash(data: Data((key + keySuffix).utf8))).base64EncodedString()
    }

    private static func key(_ fields: HTTPFields) -> String? {
        let keys = fields[values: .secWebSocketKey]
        guard keys.count == 1, Data(base64Encoded: keys[0])?.count == keyByteCount else {
            return nil
        }
        return keys[0]
    }

    /// Bytes between the head and the frames would be taken for one or the other.
    private static func hasBody(_ fields: HTTPFields) -> Bool {
        fields[.transferEncoding] != nil || fields[values: .contentLength].contains { $0 != "0" }
    }

    private static func list(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
    }
}
