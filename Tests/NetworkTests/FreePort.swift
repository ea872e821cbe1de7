import Cluster
import NIOCore
import NIOPosix

/// Places on loopback where nobody listens.
enum FreePort {
    static func address() async throws -> Address {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return Address("127.0.0.1:\(port)")
    }
}
