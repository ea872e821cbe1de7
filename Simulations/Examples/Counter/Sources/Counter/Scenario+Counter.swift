import Cluster
import ClusterSimulator
import Platform

extension Scenario {
    /// Two clients on one node count on another; the total must be what they were told.
    static func counter(checksVersion: Bool) -> Scenario {
        Scenario("counter", "Two clients count, and no increment is lost.") { simulation in
            let network = SimulatedNetwork(simulation)
            let registry = SimulatedRegistry(simulation)
            let database = SimulatedDatabase("database", simulation)
            func makeNode(_ process: SimulatedNode) -> Node {
                Node(
                    .init(address: Address(process.name)), platform: process.platform,
                    transport: network.transport(of: process),
                    registry: registry.registry(for: process))
            }
            let (server, desk) = (simulation.makeNode("server"), simulation.makeNode("desk"))
            let (serving, calling) = (makeNode(server), makeNode(desk))
            let store = database.store(for: server)
            serving.host(Counter(store: store, checksVersion: checksVersion).service)
            try await server.perform("boot") { try await serving.start() }
            try await desk.perform("boot") { try await calling.start() }

            async let first: Void = desk.perform("first") { try await count(by: calling.client) }
            async let second: Void = desk.perform("second") { try await count(by: calling.client) }
            _ = try await (first, second)
            let total = try await desk.perform("audit") {
                try await calling.client.call(Read(), .brief(calling.client)).count
            }
            let expected = 2 * incrementCount
            if total != expected {
                simulation.fail("no increment is lost", "\(expected) done, \(total) stored")
            }
            // Nobody else holds the node: let go of earlier, it would be gone before the calls.
            _ = try await server.perform("drain") { await serving.drain() }
        }
    }
}

/// What each client adds.
private let incrementCount = 3

private func count(by client: ClusterClient) async throws {
    for _ in 1...incrementCount {
        let rest = client.platform.random.duration(below: .milliseconds(200), for: "rest")
        try await client.platform.clock.sleep(for: rest)
        _ = try await client.call(Increment(), .brief(client))
    }
}

extension CallContext {
    fileprivate static func brief(_ client: ClusterClient) -> CallContext {
        client.context(.anonymous, timeout: .seconds(5))
    }
}
