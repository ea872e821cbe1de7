import Glibc

/// A connection that blocks its thread, for short questions to a server on this machine.
///
/// Each step takes no longer than the time limit, also when packets are dropped.
struct SocketConversation: ~Copyable {
    private let descriptor: Int32

    /// A server that is not there, or did not do its part.
    struct Broken: Error {}

    /// Connects to an IPv4 address.
    static func open(
        host: String, port: Int, timeLimit: Duration
    ) throws -> SocketConversation {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Broken() }
        let conversation = SocketConversation(descriptor)
        try conversation.connect(host, port, timeLimit)
        return conversation
    }

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    private func connect(_ host: String, _ port: Int, _ timeLimit: Duration) throws {
        var limit = timeval(
            tv_sec: Int(timeLimit.components.seconds),
            tv_usec: Int(timeLimit.components.attoseconds / 1_000_000_000_000))
        let size = socklen_t(MemoryLayout<timeval>.size)
        // Linux bounds connect by the limit for sending too. Source: socket(7).
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        guard var address = SocketAddress.make(host: host, port: port),
            SocketAddress.with(&address, { Glibc.connect(descriptor, $0, $1) }) == 0
        else { throw Broken() }
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Broken() }
            sent += count
        }
    }

    /// The next bytes, `count` at most; none when the other side has finished.
    func receive(atMost count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &bytes, count, 0)
        guard received >= 0 else { throw Broken() }
        return Array(bytes[..<received])
    }

    /// The next `count` bytes.
    func receive(exactly count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try receive(atMost: count - bytes.count)
            guard !more.isEmpty else { throw Broken() }
            bytes += more
        }
        return bytes
    }

    /// Everything until the other side has finished.
    func receiveAll() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let more = try receive(atMost: 64 << 10)
            if more.isEmpty { return bytes }
            bytes += more
            guard bytes.count <= Limit.answerByteCountMaximum else { throw Broken() }
        }
    }
}
