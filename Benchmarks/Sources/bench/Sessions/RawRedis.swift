import CRedis

/// hiredis alone: one connection, on which as many commands are sent as are in flight before
/// their replies are read.
final class RawRedis: @unchecked Sendable {
    private let context: UnsafeMutablePointer<redisContext>
    private let threads = BlockingThreads(countMaximum: 1)

    init(_ place: RedisPlace) throws {
        guard let context = redisConnect(place.host, Int32(place.port)) else {
            throw PeerFailure("hiredis has no memory")
        }
        self.context = context
        try send(["AUTH", place.password].map { Array($0.utf8) })
        _ = try receive()
        // What the other program reads.
        try send(["SET", RedisBenchmark.key].map { Array($0.utf8) } + [SessionContents.value])
        _ = try receive()
    }

    /// Does the work so many times, `width` commands together; gives a sum over all outcomes.
    func run(_ work: SessionWork, _ count: Int, _ width: Int) async throws -> Int {
        try await threads.sum(count, 1) { _, _ in
            var sum = 0
            for start in stride(from: 0, to: count, by: width) {
                let numbers = start..<min(start + width, count)
                for number in numbers { try self.send(Self.command(work, number)) }
                for _ in numbers { sum += try self.receive() }
            }
            return sum
        }
    }

    /// The command that the cache sends.
    private static func command(_ work: SessionWork, _ number: Int) -> [[UInt8]] {
        let key = Array("starchair:\(SessionContents.key(number))".utf8)
        return switch work {
        case .get: [get, key]
        case .set: [set, key, SessionContents.value, px, life]
        }
    }

    private func send(_ command: [[UInt8]]) throws {
        let bytes = command.flatMap { $0 }
        let code = bytes.withUnsafeBytes { buffer in
            var place = buffer.baseAddress
            let pointers: [UnsafePointer<CChar>?] = command.map { argument in
                defer { place = place.map { $0 + argument.count } }
                return place?.assumingMemoryBound(to: CChar.self)
            }
            var arguments = pointers
            return redisAppendCommandArgv(
                context, Int32(command.count), &arguments, command.map(\.count))
        }
        guard code == REDIS_OK else { throw PeerFailure("hiredis: a command was not taken") }
    }

    /// Reads a reply; gives its bytes, and one for the reply itself.
    private func receive() throws -> Int {
        var found: UnsafeMutableRawPointer?
        guard redisGetReply(context, &found) == REDIS_OK, let found else {
            throw PeerFailure("hiredis: no reply")
        }
        defer { freeReplyObject(found) }
        let reply = found.assumingMemoryBound(to: redisReply.self).pointee
        guard reply.type != REDIS_REPLY_ERROR else { throw PeerFailure("Redis refused a command") }
        return [UInt8](UnsafeRawBufferPointer(start: reply.str, count: reply.len)).count + 1
    }

    private static let get = Array("GET".utf8)
    private static let set = Array("SET".utf8)
    private static let px = Array("PX".utf8)
    private static let life = Array("\(SessionContents.expiry.components.seconds * 1000)".utf8)
}
