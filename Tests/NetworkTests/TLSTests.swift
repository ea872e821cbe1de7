import Cluster
import ClusterNetwork
import Conformance
import Foundation
import Platform
import Testing

/// Nodes that show each other certificates of one authority, and strangers who cannot.
@Suite(.timeLimit(.minutes(10))) struct TLSTests {
    let system = SystemPlatform(.init(offloadThreadCount: 1))

    private func transport(_ tls: TLSFiles.Paths?) throws -> StreamTransport {
        StreamTransport(
            platform: system.platform, streams: TCPStreams(tls: try tls.map(TLSFiles.init)))
    }

    private func outcome(
        _ caller: StreamTransport, _ address: Address
    ) async -> Result<[UInt8], TransportError> {
        do throws(TransportError) {
            return .success(try await caller.call(address, [7], timeout: .seconds(20)))
        } catch {
            return .failure(error)
        }
    }

    @Test(arguments: TransportConformance.checks)
    func `mutual TLS keeps the promise of every transport`(
        _ check: Check<TransportConformance.Subject>
    ) async throws {
        let certificates = try Certificates()
        try await check.run(
            TransportConformance.Subject(
                caller: try transport(try certificates.issue("one")),
                callee: try transport(try certificates.issue("two")),
                address: try FreePort.address(), other: try FreePort.address(),
                platform: system.platform))
        await system.shutDown()
    }

    @Test func `who has no certificate of the authority is not answered`() async throws {
        let (ours, theirs) = (try Certificates(), try Certificates())
        let address = try FreePort.address()
        let server = try transport(try ours.issue("server"))
        try await server.listen(at: address) { $0 + [1] }
        #expect(
            await outcome(try transport(try ours.issue("friend")), address) == .success([7, 1]))
        for stranger in [nil, try theirs.issue("stranger")] {
            let result = await outcome(try transport(stranger), address)
            #expect(result == .failure(.unreachable) || result == .failure(.broken))
        }
        // A server of another authority is not asked.
        let other = try FreePort.address()
        let impostor = try transport(try theirs.issue("impostor"))
        try await impostor.listen(at: other) { $0 }
        let result = await outcome(try transport(try ours.issue("caller")), other)
        #expect(result == .failure(.unreachable) || result == .failure(.broken))
        await system.shutDown()
    }

    @Test func `files that are replaced count for the next connection`() async throws {
        let (ours, theirs) = (try Certificates(), try Certificates())
        let address = try FreePort.address()
        let paths = try ours.issue("server")
        let server = try transport(paths)
        try await server.listen(at: address) { $0 }
        let late = try theirs.issue("late")
        #expect(await outcome(try transport(late), address) != .success([7]))
        // A damaged file changes nothing.
        try Data("none".utf8).write(to: URL(filePath: paths.certificate))
        #expect(await outcome(try transport(try ours.issue("friend")), address) == .success([7]))
        let next = try theirs.issue("next")
        for (from, to) in [
            (next.certificate, paths.certificate), (next.key, paths.key),
            (next.authority, paths.authority),
        ] {
            try Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
        }
        #expect(await outcome(try transport(late), address) == .success([7]))
        await system.shutDown()
    }
}
