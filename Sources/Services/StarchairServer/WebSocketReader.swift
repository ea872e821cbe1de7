import NIOCore
import Ports

/// Makes of a page's bytes what the page says, and holds it against the protocol.
///
/// It keeps no more than one message, and takes no byte of a frame before all of it is there.
struct WebSocketReader {
    /// What a page says.
    enum Event: Equatable {
        case text(String)
        case ping([UInt8])
        case pong
        /// With the page's code, if it gave one.
        case close(UInt16?)
    }

    /// The text of a message whose last frame is not there yet.
    private var fragments: [UInt8]?

    /// Takes what the page says next off the bytes; nil if it is not complete.
    mutating func next(_ bytes: inout ByteBuffer) throws(WebSocketViolation) -> Event? {
        while let head = try WebSocketFrameHead(bytes) {
            try check(head)
            guard bytes.readableBytes - head.byteCount >= head.payloadByteCount else { return nil }
            bytes.moveReaderIndex(forwardBy: head.byteCount)
            let payload = Self.unmasked(&bytes, head)
            switch head.opcode {
            case .ping: return .ping(payload)
            case .pong: return .pong
            case .close: return .close(try Self.code(payload))
            case .text, .continuation, .binary:
                fragments = fragments ?? []
                fragments?.append(contentsOf: payload)
                guard head.isFinal, let message = fragments else { continue }
                fragments = nil
                return .text(try Self.text(message))
            }
        }
        return nil
    }

    /// Whether the frame may come now, and may be so long: known before its payload is.
    private func check(_ head: WebSocketFrameHead) throws(WebSocketViolation) {
        switch head.opcode {
        case .ping, .pong, .close:
            return
        case .binary:
            throw WebSocketViolation(reason: .unsupportedData)
        case .text, .continuation:
            guard (head.opcode == .continuation) == (fragments != nil) else {
                throw WebSocketViolation(reason: .protocolError)
            }
            let room = LiveLimits.textByteCountMaximum - (fragments?.count ?? 0)
            guard head.payloadByteCount <= room else {
                throw WebSocketViolation(reason: .tooLarge)
            }
        }
    }

    private static func unmasked(_ bytes: inout ByteBuffer, _ head: WebSocketFrameHead) -> [UInt8] {
        var payload = bytes.readBytes(length: head.payloadByteCount) ?? []
        var key = head.maskingKey
        for index in payload.indices {
            payload[index] ^= UInt8(key >> 24)
            key = key << 8 | key >> 24
        }
        return payload
    }

    private static func text(_ bytes: some Sequence<UInt8>) throws(WebSocketViolation) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw WebSocketViolation(reason: .invalidText)
        }
        return text
    }

    private static func code(_ payload: [UInt8]) throws(WebSocketViolation) -> UInt16? {
        if payload.isEmpty { return nil }
        guard payload.count >= 2 else { throw WebSocketViolation(reason: .protocolError) }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: _ = try text(payload.dropFirst(2))
        default: throw WebSocketViolation(reason: .protocolError)
        }
        return code
    }
}
