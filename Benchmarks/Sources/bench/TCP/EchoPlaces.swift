import Cluster
import FoundationEssentials

/// Where the servers of the other process listen, which it says in one line.
struct EchoPlaces: Codable, Sendable {
    static let host = "127.0.0.1"

    /// The port of the transport that answers raw frames.
    let frames: Int
    /// The port of the node that hosts a service, and the service's instance.
    let node: Int
    let instance: InstanceID
    /// The ports of the peers.
    let nio: Int
    let grpc: Int

    init(line: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(line.utf8)) }

    init(frames: Int, node: Int, instance: InstanceID, nio: Int, grpc: Int) {
        (self.frames, self.node, self.instance) = (frames, node, instance)
        (self.nio, self.grpc) = (nio, grpc)
    }

    var line: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    static func address(_ port: Int) -> Address { Address("\(host):\(port)") }
}
