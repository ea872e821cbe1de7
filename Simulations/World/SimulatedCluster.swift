import Cluster
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import StarchairAPI
import StarchairAssembly
import Trials

/// A whole installation in one simulation: several instances of each service on nodes of their
/// own, and the servers behind them.
final class SimulatedCluster: @unchecked Sendable {
    /// One process: what it hosts, and its life at the moment.
    final class Machine: @unchecked Sendable {
        let name: String
        let service: ServiceName
        let clock: ClockFault
        var node: SimulatedNode?
        var running: Node?

        init(_ name: String, _ service: ServiceName, _ clock: ClockFault) {
            self.name = name
            self.service = service
            self.clock = clock
        }
    }

    static let prefixes: [(service: ServiceName, name: String, prefix: String)] = [
        (.user, "user", "/api/user"), (.conference, "conference", "/api/conference"),
        (.draft, "draft", "/api/draft"),
    ]

    let simulation: Simulation
    let network: SimulatedNetwork
    let registry: SimulatedRegistry
    let databases: [ServiceName: SimulatedDatabase]
    let files: SimulatedFileServer
    let post: SimulatedPostOffice
    let machines: [Machine]
    /// Uploads of a thousand that break off.
    var uploadCutPermille = 0
    private let plant: Plant?

    /// A cluster with `instanceCount` instances of each service, all down.
    init(_ simulation: Simulation, instanceCount: Int, clocks: Bool, plant: Plant?) {
        self.simulation = simulation
        self.plant = plant
        network = SimulatedNetwork(simulation)
        registry = SimulatedRegistry(simulation)
        files = SimulatedFileServer("files", simulation)
        post = SimulatedPostOffice("mail", simulation)
        databases = Dictionary(
            uniqueKeysWithValues: Self.prefixes.map { entry in
                (entry.service, SimulatedDatabase("database \(entry.name)", simulation))
            })
        let draws = simulation.random("clocks")
        machines = Self.prefixes.flatMap { entry in
            (1...instanceCount).map { number in
                let clock = clocks ? Self.clock(draws) : .none
                if clock != .none { simulation.count("fault: clock skew") }
                return Machine("\(entry.name)-\(number)", entry.service, clock)
            }
        }
    }

    private static func clock(_ draws: RandomStream) -> ClockFault {
        guard draws.chance(permille: 500) else { return .none }
        return ClockFault(
            offset: .milliseconds(draws.below(4000) - 2000),
            driftPartsPerMillion: draws.below(400) - 200)
    }

    /// Starts a machine's process: another life each time.
    func boot(_ machine: Machine) {
        guard machine.node?.isUp != true, !simulation.isReaping else { return }
        let node = simulation.makeNode(machine.name, clock: machine.clock)
        machine.node = node
        var configuration = Node.Configuration(address: Address(machine.name))
        configuration.onDefect = { [simulation] defect in
            simulation.fail(
                "0 no handler throws what it should not",
                "\(defect.service.text) \(defect.message): \(defect.error)")
        }
        let running = Node(
            configuration, platform: node.platform,
            transport: network.transport(of: node), registry: registry.registry(for: node))
        machine.running = running
        let installation = Installation(
            of: [machine.service], on: running, edges: edges(of: node))
        let edge = SimulatedEdge(responder: installation.responder, node: node) { [weak self] in
            self?.uploadCutPermille ?? 0
        }
        node.start("boot") { [network] in
            do throws(TransportError) {
                try await installation.start()
                try await network.transport(of: node).listen(at: Self.edge(of: machine.name)) {
                    await edge.answer($0)
                }
            } catch {
                preconditionFailure("a simulated node can always listen: \(error)")
            }
        }
    }

    /// Stops a machine as an operator does: it finishes what was begun, then ends.
    func stopGracefully(_ machine: Machine) {
        guard let node = machine.node, node.isUp, let running = machine.running else { return }
        simulation.count("fault: graceful stop")
        node.start("drain") { [network] in
            await network.transport(of: node).stopListening(at: Self.edge(of: machine.name))
            await running.drain()
            node.simulation.after(.zero) { node.crash() }
        }
    }

    /// A person at a browser, which no fault touches but those of the network.
    func visitor(_ name: String, on node: SimulatedNode) -> Visitor {
        let edges = Self.prefixes.map { entry in
            (
                prefix: entry.prefix,
                addresses: machines.filter { $0.service == entry.service }
                    .map { Self.edge(of: $0.name) }
            )
        }
        let browser = SimulatedBrowser(
            transport: network.transport(of: node), platform: node.platform, edges: edges)
        return Visitor(name, port: browser, platform: node.platform)
    }

    private static func edge(of name: String) -> Address { Address(name + "/http") }

    private func edges(of node: SimulatedNode) -> Edges {
        let (databases, plant) = (databases, plant)
        let blobs = files.blobs(for: node)
        return Edges(
            stores: { name in
                guard let database = databases[name] else {
                    preconditionFailure("\(name.text) has no database")
                }
                let store = database.store(for: node)
                return plant?.store(store, node) ?? store
            },
            blobs: plant?.blobs(blobs) ?? blobs, mailer: post.mailer(for: node),
            hasher: MemoryPasswordHasher(), inspector: MemoryPDFInspector(),
            policy: plant?.policy ?? .standard, publicURL: "http://simulated")
    }
}
