import Cluster
import ClusterNetwork
import Conformance
import Foundation
import Testing

@testable import LocalCluster

/// The client of Consul keeps the port's promise on a real one, by TLS and with a token that
/// allows no more than it needs.
@Suite struct ConsulConformanceTests {
    private static let shared = Task {
        let bench = try Bench()
        return (bench, try await SecuredConsul(bench))
    }

    /// A registry that sees nobody else's instances.
    private func registry(
        _ tag: String, token: (SecuredConsul) -> String? = \.token,
        authorityFile: (SecuredConsul) -> String = \.authorityFile
    ) async throws -> ConsulRegistry {
        let (bench, consul) = try await Self.shared.value
        var configuration = ConsulRegistry.Configuration(agent: consul.agent)
        configuration.tag = tag
        configuration.token = token(consul)
        // A busy machine answers late, and what is late is not what is asked here.
        configuration.requestTimeout = .seconds(10)
        configuration.queryTimeout = .seconds(10)
        return ConsulRegistry(
            configuration, platform: bench.platform,
            exchange: try HTTPClientExchange(trusting: authorityFile(consul)))
    }

    @Test(arguments: ServiceRegistryConformance.checks + ServiceRegistryConformance.expiryChecks)
    func `the registry keeps its promise`(
        _ check: Check<ServiceRegistryConformance.Subject>
    ) async throws {
        let tag = UUID().uuidString
        let (one, other) = (try await registry(tag), try await registry(tag))
        let platform = try await Self.shared.value.0.platform
        try await check.run(.init(one, other: other, platform: platform, prefix: tag))
    }

    @Test func `who has no token, or trusts another authority, is told nothing`() async throws {
        let (bench, _) = try await Self.shared.value
        let stranger = CertificateAuthority(
            folder: "\(bench.folder)/stranger", tool: Tool(clock: bench.platform.clock))
        try await stranger.prepare()
        let strangersFile = stranger.place(of: "nobody").authority
        let instance = ServiceInstance(
            id: "stranger", service: "greeter", address: "10.0.0.1:6000")
        for registry in [
            try await registry("stranger", token: { _ in nil }),
            try await registry("stranger", authorityFile: { _ in strangersFile }),
        ] {
            await #expect(throws: RegistryError.unavailable) {
                try await registry.register(instance)
            }
        }
        let seen = try await registry("stranger").instances(changedSince: nil, wait: .zero)
        #expect(seen.instances.isEmpty)
    }

    @Test func `a file without certificates is refused`() {
        #expect(throws: (any Error).self) {
            try HTTPClientExchange(trusting: "/no/such/file")
        }
    }
}
