import CRedis

/// A server's answer to one command.
enum RedisReply: Hashable, Sendable {
    case bytes([UInt8])
    case nothing
    case integer(Int)
    case status(String)
    case error(String)

    /// Copies a reply; one of a kind that no command of this adapter has is an error.
    init(_ reply: redisReply) {
        switch reply.type {
        case REDIS_REPLY_STRING: self = .bytes(Self.bytes(of: reply))
        case REDIS_REPLY_NIL: self = .nothing
        case REDIS_REPLY_INTEGER: self = .integer(Int(reply.integer))
        case REDIS_REPLY_STATUS: self = .status(Self.text(of: reply))
        case REDIS_REPLY_ERROR: self = .error(Self.text(of: reply))
        default: self = .error("a reply of an unknown kind")
        }
    }

    /// Whether the server will not answer this connection any better: it starts, follows another
    /// server by now, or has forgotten whom it talks to.
    var isFinal: Bool {
        guard case .error(let text) = self else { return false }
        return ["LOADING", "READONLY", "MASTERDOWN", "NOAUTH", "NOPERM"]
            .contains { text.hasPrefix($0) }
    }

    private static func bytes(of reply: redisReply) -> [UInt8] {
        guard let start = reply.str else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: reply.len))
    }

    private static func text(of reply: redisReply) -> String {
        String(decoding: bytes(of: reply), as: UTF8.self)
    }
}
