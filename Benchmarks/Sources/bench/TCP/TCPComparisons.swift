import Cluster
import ClusterNetwork
import NIOCore
import Platform

/// A call between two processes of one machine, beside the raw echo and gRPC.
struct TCPComparisons {
    private let places: EchoPlaces
    private let transport: StreamTransport
    private let client: ClusterClient
    private let nio: NIOEchoClient.Connection
    private let grpc: GRPCEchoClient

    static func all() async throws -> [Comparison] {
        let comparisons = try await TCPComparisons()
        let widths = [1, 64, 256]
        return widths.map(comparisons.wholeCall)
            + [200, 4096].flatMap { size in widths.map { comparisons.frames(of: size, $0) } }
    }

    private init() async throws {
        places = try EchoProcess.start()
        let platform = SystemPlatform(.init(offloadThreadCount: 1)).platform
        transport = StreamTransport(platform: platform, streams: TCPStreams())
        let registry = LocalRegistry(platform: platform)
        try await registry.register(
            ServiceInstance(
                id: places.instance, service: Ask.service,
                address: EchoPlaces.address(places.node)))
        let node = Node(
            .init(address: "nowhere"), platform: platform, transport: transport,
            registry: registry)
        await node.visit()
        client = node.client
        nio = try await NIOEchoClient.connect(port: places.nio)
        grpc = try GRPCEchoClient.connect(port: places.grpc)
    }

    private func frames(of size: Int, _ width: Int) -> Comparison {
        Comparison(
            name: "call over TCP, \(size) bytes, \(width) in flight", unit: "calls",
            ours: Contender(name: "StreamTransport.call, TCPStreams", run: rawCall(size, width)),
            peers: [
                Contender(
                    name: "NIO echo, a task for each request", ratioMinimum: 0.5,
                    run: nioCall(size, width)),
                Contender(
                    name: "grpc-swift-2 unary", ratioMinimum: 8, run: grpcCall(size, width)),
            ])
    }

    private func wholeCall(_ width: Int) -> Comparison {
        let size = 200
        return Comparison(
            name: "whole call over TCP, \(width) in flight", unit: "calls",
            ours: Contender(name: "ClusterClient.call, TCPStreams") { [client] count in
                try await InFlight.sum(count, width) {
                    let context = client.context(.anonymous, timeout: .seconds(60))
                    return Int(try await client.call(Ask.sample, context).number)
                }
            },
            peers: [
                Contender(name: "\(size) bytes by StreamTransport", run: rawCall(size, width)),
                Contender(name: "\(size) bytes by grpc-swift-2", run: grpcCall(size, width)),
            ])
    }

    private typealias Work = @Sendable (_ count: Int) async throws -> Int

    private func rawCall(_ size: Int, _ width: Int) -> Work {
        let frame = [UInt8](repeating: 7, count: size)
        return { [transport, address = EchoPlaces.address(places.frames)] count in
            try await InFlight.sum(count, width) {
                try await transport.call(address, frame, timeout: .seconds(60)).count
            }
        }
    }

    private func nioCall(_ size: Int, _ width: Int) -> Work {
        let frame = ByteBuffer(repeating: 7, count: size)
        return { [nio] count in
            try await InFlight.sum(count, width) { await nio.call(frame).readableBytes }
        }
    }

    private func grpcCall(_ size: Int, _ width: Int) -> Work {
        let frame = [UInt8](repeating: 7, count: size)
        return { [grpc] count in
            try await InFlight.sum(count, width) { try await grpc.call(frame).count }
        }
    }
}
