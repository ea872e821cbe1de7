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

    private static let janitors: Set<ServiceName> = [.user, .conference]

    static let prefixes: [(service: ServiceName, name: String, prefix: String)] = [
        (.user, "user", "/api/user"), (.conference, "conference", "/api/conference"),
        (.draft, "draft", "/api/draft"), (.invitation, "invitation", "/api/invitation"),
        (.discussion, "discussion", "/api/discuss"),
        (.reviewProcess, "review", "/api/reviewProcess"),
        (.notification, "notification", "/api/notification"),
    ]

    let simulation: Simulation
    let network: SimulatedNetwork
    let consul: SimulatedConsul
    let routing: RoutingWatch
    let databases: [ServiceName: SimulatedDatabase]
    let files: SimulatedFileServer
    let post: SimulatedPostOffice
    let broker: SimulatedBroker
    let cache: SimulatedCache
    let live: SimulatedLive
    let queues = QueueWatch()
    let load: LoadWatch
    let machines: [Machine]
    /// Where people's answers are kept, if anybody wants to compare them.
    var answers: AnswerLog?
    /// The agents of Consul, each for one instance of every service.
    static let agents = ["agent-1", "agent-2"]
    /// Uploads of a thousand that break off.
    var uploadCutPermille = 0
    private let plant: Plant?
    /// Whether calls go over byte streams, in the form that they have between real pods.
    private let hasStreams: Bool
    /// The nodes of people who have pages open, by name.
    private var people: [String: SimulatedNode] = [:]

    /// A cluster with `instanceCount` instances of each service but those that are `absent`, all
    /// down.
    init(
        _ simulation: Simulation, instanceCount: Int, clocks: Bool, plant: Plant?,
        without absent: Set<ServiceName> = [], hasStreams: Bool = false
    ) {
        self.simulation = simulation
        self.plant = plant
        self.hasStreams = hasStreams
        network = SimulatedNetwork(simulation)
        consul = SimulatedConsul(simulation, network: network)
        for agent in Self.agents { consul.addAgent(agent) }
        routing = RoutingWatch(simulation)
        files = SimulatedFileServer("files", simulation)
        post = SimulatedPostOffice("mail", simulation)
        broker = SimulatedBroker(
            "broker", simulation, queues: [.notifications], conservation: Invariant.conservation)
        cache = SimulatedCache("cache", simulation)
        live = SimulatedLive(network)
        load = LoadWatch(simulation)
        databases = Dictionary(
            uniqueKeysWithValues: Self.prefixes.map { entry in
                (entry.service, SimulatedDatabase("database \(entry.name)", simulation))
            })
        network.describe = FrameWords.describe
        let names = Set(Self.prefixes.map(\.name))
        network.onCall = { [routing] caller, address, frame in
            if names.contains(String(address.text.prefix { $0 != "-" })),
                !address.text.contains("/")
            {
                routing.called(by: caller, frame)
            }
        }
        let draws = simulation.random("clocks")
        machines = Self.prefixes.filter { !absent.contains($0.service) }.flatMap { entry in
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
        configuration.mailboxCountMaximum = LoadWatch.mailboxCountMaximum
        configuration.onDefect = { [simulation] defect in
            simulation.fail(
                "0 no handler throws what it should not",
                "\(defect.service.text) \(defect.message): \(defect.error)")
        }
        let seat = ConsulSeat(machine.name, consul: consul, node: node)
        let registry = routing.watched(seat.registry, of: machine.name)
        let transport = load.watched(transport(of: node), of: machine.name)
        let running = Node(
            configuration, platform: node.platform,
            transport: plant?.transport(transport) ?? transport,
            registry: plant?.registry(registry) ?? registry)
        node.atCrash { [routing] in routing.ended(machine.name) }
        machine.running = running
        let installation = Installation(
            of: [machine.service], on: running, edges: edges(of: node))
        let edge = SimulatedEdge(responder: installation.responder, node: node) { [weak self] in
            self?.uploadCutPermille ?? 0
        }
        let client: @Sendable (String) -> SimulatedNode? = { [weak self] in self?.people[$0] }
        node.start("boot") { [network, live] in
            do throws(TransportError) {
                try await installation.start()
                seat.serve(running)
                // Two services' processes look after the registry; each could.
                if Self.janitors.contains(machine.service) {
                    running.startInBackground("janitor") { await seat.janitor.run() }
                }
                try await network.transport(of: node).listen(at: Self.edge(of: machine.name)) {
                    await edge.answer($0)
                }
                guard let edge = installation.live else { return }
                try await live.listen(
                    at: Self.live(of: machine.name), on: node, edge, clients: client)
            } catch {
                preconditionFailure("a simulated node can always listen: \(error)")
            }
        }
    }

    private func transport(of node: SimulatedNode) -> any Transport {
        guard hasStreams else { return network.transport(of: node) }
        return StreamTransport(platform: node.platform, streams: network.streams(of: node))
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

    /// A page that the browser of a person keeps open.
    func page(of visitor: Visitor, on node: SimulatedNode, log: LiveLog) -> LivePage {
        people[node.name] = node
        let addresses = machines.filter { $0.service == .notification }
            .map { Self.live(of: $0.name) }
        return LivePage(of: visitor, port: live.port(of: node, to: addresses), log: log)
    }

    private static func live(of name: String) -> Address { Address(name + "/live") }

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
            transport: network.transport(of: node), platform: node.platform, edges: edges,
            answers: answers, machine: node.name)
        return Visitor(name, port: browser, platform: node.platform)
    }

    private static func edge(of name: String) -> Address { Address(name + "/http") }

    private func edges(of node: SimulatedNode) -> Edges {
        let (databases, plant) = (databases, plant)
        let (blobs, bus, cache) = (
            files.blobs(for: node), broker.bus(for: node), cache.cache(for: node)
        )
        return Edges(
            stores: { name in
                guard let database = databases[name] else {
                    preconditionFailure("\(name.text) has no database")
                }
                let store = database.store(for: node)
                return plant?.store(store, node) ?? store
            },
            bus: queues.watched(plant?.bus(bus) ?? bus), cache: plant?.cache(cache, node) ?? cache,
            blobs: plant?.blobs(blobs) ?? blobs, mailer: post.mailer(for: node),
            hasher: MemoryPasswordHasher(), inspector: MemoryPDFInspector(),
            policy: plant?.policy ?? .standard, publicURL: "http://simulated")
    }
}
