/// One value of a ``ReplyDocument``, of the types that stores and servers write.
struct ReplyValue {
    private let type: UInt8
    /// The value without its type and name.
    let bytes: UnsafeRawBufferPointer

    /// The value of this type at the beginning of `rest`.
    init(type: UInt8, before rest: UnsafeRawBufferPointer) throws(ReplyError) {
        let count = try Self.byteCount(of: type, rest)
        guard (0...rest.count).contains(count) else { throw ReplyError() }
        self.type = type
        bytes = UnsafeRawBufferPointer(rebasing: rest[..<count])
    }

    var text: String {
        get throws(ReplyError) {
            guard type == 0x02, bytes.count >= 5 else { throw ReplyError() }
            return String(decoding: bytes[4..<(bytes.count - 1)], as: UTF8.self)
        }
    }

    /// A whole number, of whatever numeric type it was stored or sent.
    var integer: Int64 {
        get throws(ReplyError) {
            switch type {
            case 0x10: return Int64(Int32(littleEndian: bytes.loadUnaligned(as: Int32.self)))
            case 0x12, 0x09: return Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
            case 0x01:
                let bits = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
                guard let value = Int64(exactly: Double(bitPattern: bits)) else {
                    throw ReplyError()
                }
                return value
            default: throw ReplyError()
            }
        }
    }

    /// A time stamp of replication: seconds in the high half.
    var timestamp: UInt64 {
        get throws(ReplyError) {
            guard type == 0x11 else { throw ReplyError() }
            return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        }
    }

    /// A document or an array.
    var document: ReplyDocument {
        get throws(ReplyError) {
            guard isDocument || type == 0x04 else { throw ReplyError() }
            return try ReplyDocument(bytes)
        }
    }

    var isDocument: Bool { type == 0x03 }

    /// The content of a binary value.
    var binary: UnsafeRawBufferPointer {
        get throws(ReplyError) {
            guard type == 0x05, bytes.count >= 5 else { throw ReplyError() }
            return UnsafeRawBufferPointer(rebasing: bytes[5...])
        }
    }

    private static func byteCount(
        of type: UInt8, _ rest: UnsafeRawBufferPointer
    ) throws(ReplyError) -> Int {
        switch type {
        case 0x0A: return 0
        case 0x08: return 1
        case 0x10: return 4
        case 0x01, 0x09, 0x11, 0x12: return 8
        case 0x07: return 12
        case 0x02: return 4 + (try length(rest))
        case 0x03, 0x04: return try length(rest)
        case 0x05: return 5 + (try length(rest))
        default: throw ReplyError()
        }
    }

    private static func length(_ rest: UnsafeRawBufferPointer) throws(ReplyError) -> Int {
        guard rest.count >= 4 else { throw ReplyError() }
        return Int(Int32(littleEndian: rest.loadUnaligned(as: Int32.self)))
    }
}
