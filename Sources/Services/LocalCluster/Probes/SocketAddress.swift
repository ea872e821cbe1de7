import Glibc
import Synchronization

/// IPv4 addresses as the system's calls take them.
package enum SocketAddress {
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

    /// Ports for servers: below those that Linux gives to clients, which could take one between
    /// now and the server's start.
    private static let serverPorts = 20_000..<32_000
    /// Where the search goes on; processes begin at different places.
    private static let nextPort = Atomic(Int(getpid()) &* 97)

    /// Ports of loopback on which nobody listens, all different; each was free a moment ago.
    package static func freePorts(_ count: Int) throws -> [Int] {
        try (0..<count).map { _ in
            for _ in serverPorts {
                let number = nextPort.add(1, ordering: .relaxed).oldValue
                let port = serverPorts.lowerBound + number % serverPorts.count
                if isFree(port) { return port }
            }
            throw ClusterFailure("this machine has no free port")
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        guard descriptor >= 0, var address = make(host: "127.0.0.1", port: port) else {
            return false
        }
        return with(&address) { bind(descriptor, $0, $1) } == 0
    }
}
