/// A frame, right or wrong, as bytes of the wire.
struct Frame: Equatable {
    var opcode: UInt8
    var payload: [UInt8] = []
    var isFinal = true
    var reservedBits: UInt8 = 0
    var isMasked = true
    /// A length to claim in place of the payload's.
    var claimedLength: UInt64?
    /// The bytes in which the length is written beyond the first: 0, 2 or 8.
    var lengthByteCount: Int?

    static func text(_ text: String, isFinal: Bool = true) -> Frame {
        Frame(opcode: 1, payload: Array(text.utf8), isFinal: isFinal)
    }

    static func continuation(_ text: String, isFinal: Bool) -> Frame {
        Frame(opcode: 0, payload: Array(text.utf8), isFinal: isFinal)
    }

    static func close(_ code: UInt16?) -> Frame {
        Frame(opcode: 8, payload: code.map { [UInt8($0 >> 8), UInt8($0 & 255)] } ?? [])
    }

    static func ping(_ payload: String) -> Frame { Frame(opcode: 9, payload: Array(payload.utf8)) }

    var bytes: [UInt8] {
        let key: [UInt8] = [0x5A, 0x01, 0xFF, 0x80]
        let length = claimedLength ?? UInt64(payload.count)
        let count = lengthByteCount ?? (length <= 125 ? 0 : length <= 65_535 ? 2 : 8)
        let short = count == 0 ? UInt8(length) : count == 2 ? 126 : 127
        var bytes = [(isFinal ? 0x80 : 0) | reservedBits << 4 | opcode]
        bytes.append((isMasked ? 0x80 : 0) | short)
        for shift in stride(from: count * 8 - 8, through: 0, by: -8) where count > 0 {
            bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
        }
        guard isMasked else { return bytes + payload }
        return bytes + key + payload.indices.map { payload[$0] ^ key[$0 % 4] }
    }

    /// The code of a close frame.
    var code: UInt16? {
        guard opcode == 8, payload.count >= 2 else { return nil }
        return UInt16(payload[0]) << 8 | UInt16(payload[1])
    }
}
