import Cluster
import ClusterSimulator
import Conformance
import Platform
import Testing

/// The registries that a simulation and one process have keep the port's promise.
@Suite struct ServiceRegistryConformanceTests {
    typealias Subject = ServiceRegistryConformance.Subject

    private func run(
        _ check: Check<Subject>,
        _ subject: @escaping @Sendable (Simulation, SimulatedNode) -> Subject
    ) {
        for seed in SimulatedRun.seeds {
            SimulatedRun.clean(seed) { simulation in
                let node = simulation.makeNode("node")
                let subject = subject(simulation, node)
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

    @Test(arguments: ServiceRegistryConformance.checks)
    func `the registry of one process keeps it`(_ check: Check<Subject>) {
        run(check) { _, node in
            let registry = LocalRegistry(platform: node.platform)
            return Subject(registry, other: registry, platform: node.platform)
        }
    }

    @Test(arguments: ServiceRegistryConformance.checks + ServiceRegistryConformance.expiryChecks)
    func `the simulated registry keeps it`(_ check: Check<Subject>) {
        run(check) { simulation, node in
            let registry = SimulatedRegistry(simulation)
            // The clients know their registry, and somebody must hold it.
            node.atCrash { withExtendedLifetime(registry) {} }
            return Subject(
                registry.registry(for: node), other: registry.registry(for: node),
                platform: node.platform)
        }
    }

    @Test(arguments: ServiceRegistryConformance.checks + ServiceRegistryConformance.expiryChecks)
    func `the client of Consul keeps it on the simulated Consul`(_ check: Check<Subject>) {
        run(check) { simulation, node in
            let consul = SimulatedConsul(simulation, network: SimulatedNetwork(simulation))
            let registries = ["agent", "another agent"].map { agent in
                consul.addAgent(agent)
                return ConsulRegistry(
                    .init(agent: agent), platform: node.platform,
                    exchange: consul.exchange(for: node))
            }
            return Subject(registries[0], other: registries[1], platform: node.platform)
        }
    }
}
