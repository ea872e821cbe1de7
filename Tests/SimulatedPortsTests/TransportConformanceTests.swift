import Cluster
import ClusterSimulator
import Conformance
import Platform
import Testing

/// Both forms of the simulated network, and calls within a process, keep the same promise.
@Suite struct TransportConformanceTests {
    private func run(
        _ check: Check<TransportConformance.Subject>,
        _ subject:
            @escaping @Sendable (SimulatedNetwork, SimulatedNode) ->
            TransportConformance.Subject
    ) {
        for seed in SimulatedRun.seeds {
            SimulatedRun.clean(seed) { simulation in
                let network = SimulatedNetwork(simulation)
                let node = simulation.makeNode("node")
                let subject = subject(network, node)
                await node.start("check") {
                    do {
                        try await check.run(subject)
                    } catch {
                        simulation.fail("conformance", "\(check.name): \(error)")
                    }
                }.wait()
            }
        }
    }

    @Test(arguments: TransportConformance.checks)
    func `messages of the simulated network keep it`(
        _ check: Check<TransportConformance.Subject>
    ) {
        run(check) { network, node in
            .init(
                caller: network.transport(of: node), callee: network.transport(of: node),
                address: "a", other: "b", platform: node.platform)
        }
    }

    @Test(arguments: TransportConformance.checks)
    func `byte streams of the simulated network keep it`(
        _ check: Check<TransportConformance.Subject>
    ) {
        run(check) { network, node in
            let streams = network.streams(of: node)
            return .init(
                caller: StreamTransport(platform: node.platform, streams: streams),
                callee: StreamTransport(platform: node.platform, streams: streams),
                address: "a", other: "b", platform: node.platform)
        }
    }

    @Test(arguments: TransportConformance.checks)
    func `calls within a process keep it`(_ check: Check<TransportConformance.Subject>) {
        run(check) { _, node in
            let transport = LocalTransport(platform: node.platform)
            return .init(
                caller: transport, callee: transport, address: "a", other: "b",
                platform: node.platform)
        }
    }
}
