import Glibc

/// IPv4 addresses as the system's calls take them.
enum SocketAddress {
    /// Nil when `host` is no IPv4 address.
    static func make(host: String, port: Int) -> sockaddr_in? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard let port = UInt16(exactly: port), inet_pton(AF_INET, host, &address.sin_addr) == 1
        else { return nil }
        address.sin_port = port.bigEndian
        return address
    }

    static func with<Value>(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    static func withSize<Value>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Value
    ) -> Value {
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &size) }
        }
    }

    /// Ports of loopback on which nobody listens, all different; each was free a moment ago.
    static func freePorts(_ count: Int) throws -> [Int] {
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        return try (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            descriptors.append(descriptor)
            guard descriptor >= 0, var address = make(host: "127.0.0.1", port: 0),
                with(&address, { bind(descriptor, $0, $1) }) == 0,
                withSize(&address, { getsockname(descriptor, $0, $1) }) == 0
            else { throw ClusterFailure("this machine has no free port") }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
}
