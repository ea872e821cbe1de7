import Cluster
import ClusterSimulator
import Platform

/// A cluster whose registry is Consul: greeters on nodes of their own and a desk that calls them,
/// each with an agent beside it and a janitor in it.
final class Town: @unchecked Sendable {
    /// One process.
    struct Place {
        let process: SimulatedNode
        let node: Node
        let registry: ConsulRegistry
    }

    let simulation: Simulation
    let network: SimulatedNetwork
    let consul: SimulatedConsul
    private(set) var servers: [Place] = []
    let desk: Place

    /// The agent beside a process.
    static func agent(of process: String) -> String { "agent of \(process)" }

    init(_ simulation: Simulation, serverCount: Int = 3) async throws {
        self.simulation = simulation
        network = SimulatedNetwork(simulation)
        consul = SimulatedConsul(simulation, network: network)
        desk = Self.makePlace("desk", simulation, network, consul)
        for number in 1...serverCount {
            let place = Self.makePlace("server \(number)", simulation, network, consul)
            let name = place.process.name
            place.node.host(
                Service(Greet.service, [Handler(Greet.self) { _, _ in .init(text: name) }]))
            servers.append(place)
        }
        for place in servers + [desk] {
            try await place.process.perform { try await place.node.start() }
        }
    }

    private static func makePlace(
        _ name: String, _ simulation: Simulation, _ network: SimulatedNetwork,
        _ consul: SimulatedConsul
    ) -> Place {
        let process = simulation.makeNode(name)
        consul.addAgent(agent(of: name))
        let configuration = ConsulRegistry.Configuration(agent: agent(of: name))
        let exchange = consul.exchange(for: process)
        let registry = ConsulRegistry(
            configuration, platform: process.platform, exchange: exchange)
        let node = Node(
            .init(address: Address(name)), platform: process.platform,
            transport: network.transport(of: process), registry: registry)
        let janitor = ConsulJanitor(
            configuration, platform: process.platform, exchange: exchange)
        node.startInBackground("janitor") { await janitor.run() }
        // The process holds its node as a program's main function does, until it crashes.
        process.atCrash { withExtendedLifetime(node) {} }
        return Place(process: process, node: node, registry: registry)
    }

    func rest(_ duration: Duration) async throws {
        try await simulation.world.platform.clock.sleep(for: duration)
    }

    /// Who answers a call of the desk; nil when nobody does in time.
    func greet(timeout: Duration = .seconds(5)) async throws -> String? {
        let client = desk.node.client
        return try await desk.process.perform {
            do throws(CallFailure<Greet.Code>) {
                let context = client.context(.anonymous, timeout: timeout)
                return try await client.call(Greet(), context).text
            } catch { return nil }
        }
    }

    /// How long it takes until so many instances are registered, passing or not.
    func wait(forRegistered count: Int, atMost limit: Duration) async throws -> Duration {
        let begin = simulation.now
        while simulation.now - begin < limit {
            if consul.registeredInstances.count == count { return simulation.now - begin }
            try await rest(.milliseconds(10))
        }
        throw StepLost()
    }
}
