import Cluster
import ClusterNetwork
import NIOCore
import NIOPosix
import Platform
import Synchronization
import Testing

/// Peers over real sockets that send what they should not, or nothing.
@Suite(.timeLimit(.minutes(10))) struct GarbageTests {
    private static let opening: [UInt8] = Array("STAR".utf8) + [1]

    static let bad: [[UInt8]] = [
        Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
        Array("STAR".utf8) + [9],
        opening + [0, 0, 0, 0, 99, 0, 0, 0, 0],
        opening + [255, 255, 255, 255, 1, 1, 0, 0, 0],
        opening + [0, 0, 0, 0, 1, 1, 0, 0, 0] + [0, 0, 0, 0, 1, 1, 0, 0, 0],
        [UInt8](repeating: 0xA5, count: 100_000),
    ]

    @Test func `garbage costs its connection and nothing else`() async throws {
        let system = SystemPlatform(.init(offloadThreadCount: 1))
        let violations = Mutex<[WireViolation]>([])
        var configuration = StreamTransport.Configuration()
        configuration.onViolation = { violation in violations.withLock { $0.append(violation) } }
        let server = StreamTransport(
            configuration, platform: system.platform, streams: TCPStreams())
        let address = try FreePort.address()
        try await server.listen(at: address) { $0.reversed() }
        let client = StreamTransport(platform: system.platform, streams: TCPStreams())
        #expect(try await client.call(address, [1, 2], timeout: .seconds(20)) == [2, 1])
        let silent = try await Self.connect(to: address)
        let half = try await Self.connect(to: address)
        try await half.writeAndFlush(ByteBuffer(bytes: Self.opening + [3, 0, 0]))
        for bytes in Self.bad {
            let peer = try await Self.connect(to: address)
            // The other side may be gone before all is written.
            do { try await peer.writeAndFlush(ByteBuffer(bytes: bytes)) } catch { continue }
            try await peer.closeFuture.get()
        }
        let found = violations.withLock { Set($0) }
        #expect(found == [.notThePreface, .otherForm, .unknownKind, .tooLarge, .outOfTurn])
        #expect(try await client.call(address, [3, 4], timeout: .seconds(20)) == [4, 3])
        // On a busy machine the server may have given them up.
        for peer in [silent, half] { peer.close(promise: nil) }
        await server.stopListening(at: address)
        await system.shutDown()
    }

    private static func connect(to address: Address) async throws -> any Channel {
        let port = Int(address.text.split(separator: ":").last ?? "") ?? 0
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
    }
}
