import Cluster
import ClusterSimulator
import Platform

/// A simulated cluster: greeters on nodes of their own, and a desk that calls them.
final class Town: @unchecked Sendable {
    /// One process.
    struct Place {
        let process: SimulatedNode
        let node: Node

        /// Runs `body` on this process with its client.
        func perform<Value: Sendable>(
            _ body: @escaping @Sendable (ClusterClient) async throws -> Value
        ) async throws -> Value {
            let client = node.client
            return try await process.perform { try await body(client) }
        }
    }

    /// Greets as the greeter of that name.
    typealias Greeting = @Sendable (_ server: Place, Greet, CallContext) async throws -> String

    let simulation: Simulation
    let network: SimulatedNetwork
    let registry: SimulatedRegistry
    private(set) var servers: [Place] = []
    let desk: Place
    private let greeting: Greeting
    /// What the nodes said that they answered.
    let answered = Box<[AnsweredCall]>([])

    init(
        _ simulation: Simulation, serverCount: Int = 2,
        _ greeting: @escaping Greeting = { place, _, _ in place.process.name }
    ) async throws {
        self.simulation = simulation
        self.greeting = greeting
        network = SimulatedNetwork(simulation)
        registry = SimulatedRegistry(simulation)
        desk = Self.makePlace("desk", simulation, network, registry, answered)
        for number in 1...serverCount { servers.append(try await addServer("server \(number)")) }
        try await start(desk)
    }

    /// Starts a life of the process of this name; it listens where an earlier one did.
    func addServer(_ name: String) async throws -> Place {
        let place = Self.makePlace(name, simulation, network, registry, answered)
        let greeting = greeting
        place.node.host(greeter { try await greeting(place, $0, $1) })
        try await start(place)
        return place
    }

    func start(_ place: Place) async throws {
        try await place.process.perform { try await place.node.start() }
    }

    private static func makePlace(
        _ name: String, _ simulation: Simulation, _ network: SimulatedNetwork,
        _ registry: SimulatedRegistry, _ answered: Box<[AnsweredCall]>
    ) -> Place {
        let process = simulation.makeNode(name)
        var configuration = Node.Configuration(address: Address(name))
        configuration.mailboxCountMaximum = 3
        configuration.onAnswered = { answered.value.append($0) }
        let node = Node(
            configuration, platform: process.platform, transport: network.transport(of: process),
            registry: registry.registry(for: process))
        // The process holds its node as a program's main function does, until it crashes.
        process.atCrash { withExtendedLifetime(node) {} }
        return Place(process: process, node: node)
    }
}
