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
            await server.start("boot") { try await serving.start() }.wait()
            await desk.start("boot") { try await calling.start() }.wait()

            let clients = (1...2).map { number in
                desk.start("client \(number)") { try await count(by: calling.client) }
            }
            for client in clients { await client.wait() }
            await desk.start("audit") {
                let total = try await calling.client.call(Read(), .brief(calling.client)).count
                let expected = 2 * incrementCount
                guard total != expected else { return }
                simulation.fail("no increment is lost", "\(expected) done, \(total) stored")
            }.wait()
            // Nobody else holds the node: let go of earlier, it would be gone before the calls.
            await server.start("drain") { await serving.drain() }.wait()
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

extension SimulatedNode {
    /// Starts `body` on this node; what it throws breaks the run.
    fileprivate func start(
        _ name: String, orFail body: @escaping @Sendable () async throws -> Void
    ) -> StartedTask {
        start(name) {
            do { try await body() } catch {
                self.simulation.fail("every step succeeds", "\(name): \(error)")
            }
        }
    }
}
