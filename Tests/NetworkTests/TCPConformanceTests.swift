import Cluster
import ClusterNetwork
import Conformance
import NIOCore
import NIOPosix
import Testing

/// TCP keeps what every transport promises.
@Suite struct TCPConformanceTests {
    let system = SystemPlatform(.init(offloadThreadCount: 1))

    @Test(.timeLimit(.minutes(5)), arguments: TransportConformance.checks)
    func `TCP keeps the promise`(_ check: Check<TransportConformance.Subject>) async throws {
        let platform = system.platform
        let (address, other) = (try FreePort.address(), try FreePort.address())
        try await check.run(
            TransportConformance.Subject(
                caller: StreamTransport(platform: platform, streams: TCPStreams()),
                callee: StreamTransport(platform: platform, streams: TCPStreams()),
                address: address, other: other, platform: platform))
        await system.shutDown()
    }
}
