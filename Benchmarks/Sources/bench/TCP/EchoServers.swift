import ArgumentParser
import Cluster
import ClusterNetwork
import Glibc
import NIOCore
import NIOPosix
import Platform

/// The answering side of all comparisons over TCP, in a process of its own.
struct EchoServers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "echo-servers", abstract: "Answers until the standard input ends.",
        shouldDisplay: false)

    func run() async throws {
        let platform = SystemPlatform(.init(offloadThreadCount: 1)).platform
        let (frames, node) = (try await Self.freePort(), try await Self.freePort())
        let transport = StreamTransport(platform: platform, streams: TCPStreams())
        let echo = Echo()
        try await transport.listen(at: EchoPlaces.address(frames)) { await echo.answer($0) }
        let (host, instance) = try await Self.startNode(platform, port: node)
        let places = EchoPlaces(
            frames: frames, node: node, instance: instance, nio: try await NIOEchoServer.start(),
            grpc: try await GRPCEchoServer.start())
        print(try places.line)
        fflush(nil)
        // The input ends when the process that measures does, however it ends.
        while readLine() != nil {}
        await host.stop()
    }

    private static func startNode(
        _ platform: Platform, port: Int
    ) async throws -> (Node, InstanceID) {
        let registry = LocalRegistry(platform: platform)
        let node = Node(
            .init(address: EchoPlaces.address(port)), platform: platform,
            transport: StreamTransport(platform: platform, streams: TCPStreams()),
            registry: registry)
        node.host(Ask.oracle)
        try await node.start()
        let snapshot = try await registry.instances(changedSince: nil, wait: .zero)
        guard let instance = snapshot.instances.first else {
            preconditionFailure("a node that was started is registered")
        }
        return (node, instance.id)
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: EchoPlaces.host, port: 0).get()
        let port = channel.port
        try await channel.close()
        return port
    }
}

extension Channel {
    /// The port that the system chose for a server.
    var port: Int {
        guard let port = localAddress?.port else { preconditionFailure("a server has a port") }
        return port
    }
}
