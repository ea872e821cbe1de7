import Cluster
import LocalCluster

/// Places on loopback where nobody listens.
enum FreePort {
    static func address() throws -> Address {
        Address("127.0.0.1:\(try SocketAddress.freePorts(1)[0])")
    }
}
