import NIOCore
import Ports

/// What a frame is.
enum WebSocketOpcode: UInt8 {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue >= Self.close.rawValue }
}

/// A page broke the protocol, and is told so.
struct WebSocketViolation: Error, Equatable {
    var reason: LiveCloseReason
}

/// What stands before a frame's payload (RFC 6455, section 5.2).
struct WebSocketFrameHead {
    /// Bytes of a control frame's payload.
    static let controlByteCountMaximum = 125

    var opcode: WebSocketOpcode
    var isFinal: Bool
    var payloadByteCount: Int
    /// Four bytes, the payload's first byte under the highest of them.
    var maskingKey: UInt32
    /// Bytes of this head.
    var byteCount: Int

    /// The head at the front of the bytes, if all of it is there.
    ///
    /// - Throws: what is wrong, as soon as it shows.
    init?(_ bytes: ByteBuffer) throws(WebSocketViolation) {
        guard let first: UInt8 = bytes.getInteger(at: bytes.readerIndex) else { return nil }
        guard first & 0x70 == 0, let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
            throw WebSocketViolation(reason: .protocolError)
        }
        self.opcode = opcode
        isFinal = first & 0x80 != 0
        guard isFinal || !opcode.isControl else {
            throw WebSocketViolation(reason: .protocolError)
        }
        guard let second: UInt8 = bytes.getInteger(at: bytes.readerIndex + 1) else { return nil }
        guard second & 0x80 != 0 else { throw WebSocketViolation(reason: .protocolError) }
        let short = Int(second & 0x7F)
        guard short <= Self.controlByteCountMaximum || !opcode.isControl else {
            throw WebSocketViolation(reason: .protocolError)
        }
        guard let long = try Self.length(short, in: bytes) else { return nil }
        (payloadByteCount, byteCount) = (long.value, 2 + long.byteCount + 4)
        guard let key: UInt32 = bytes.getInteger(at: bytes.readerIndex + byteCount - 4) else {
            return nil
        }
        maskingKey = key
    }

    /// The payload's length and the bytes that it takes beyond the first, which must be as few
    /// as can be.
    private static func length(
        _ short: Int, in bytes: ByteBuffer
    ) throws(WebSocketViolation) -> (value: Int, byteCount: Int)? {
        let index = bytes.readerIndex + 2
        switch short {
        case 126:
            guard let length: UInt16 = bytes.getInteger(at: index) else { return nil }
            guard length > 125 else { throw WebSocketViolation(reason: .protocolError) }
            return (Int(length), 2)
        case 127:
            guard let length: UInt64 = bytes.getInteger(at: index) else { return nil }
            guard length > UInt64(UInt16.max), let value = Int(exactly: length) else {
                throw WebSocketViolation(reason: .protocolError)
            }
            return (value, 8)
        default:
            return (short, 0)
        }
    }
}

extension ByteBuffer {
    /// Appends a whole frame as a server sends it: final and unmasked.
    mutating func writeFrame(_ opcode: WebSocketOpcode, _ payload: some Collection<UInt8>) {
        writeInteger(0x80 | opcode.rawValue)
        if payload.count <= 125 {
            writeInteger(UInt8(payload.count))
        } else if let length = UInt16(exactly: payload.count) {
            writeInteger(UInt8(126))
            writeInteger(length)
        } else {
            writeInteger(UInt8(127))
            writeInteger(UInt64(payload.count))
        }
        writeBytes(payload)
    }

    /// Appends a close frame.
    mutating func writeCloseFrame(_ code: UInt16?) {
        writeFrame(.close, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
    }
}
