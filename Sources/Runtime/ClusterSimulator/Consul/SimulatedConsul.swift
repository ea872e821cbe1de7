import Cluster
import Platform

/// Consul in a simulation: servers with a leader, and agents by name, at the level of its HTTP
/// interface, so that the production client runs against it unchanged.
///
/// It behaves as release 1.8.7 was observed to. It sets events only for what can happen next: an
/// agent whose checks are passed in time costs one event per check and time to live. What it
/// leaves out: checks of outputs between two changes of status, several data centres, access
/// control lists, transactions, and the address of a node, which is its name.
public final class SimulatedConsul: @unchecked Sendable {
    /// Answers an agent's health check in a service's process.
    public typealias CheckHandler = @Sendable (HTTPRequestMessage) async -> HTTPResponseMessage

    struct CheckTarget {
        let node: SimulatedNode
        let handler: CheckHandler
    }

    /// Open connections of one client to one agent, at most; further ones are reset.
    public static let connectionCountMaximum = 200

    unowned let simulation: Simulation
    let network: SimulatedNetwork
    var agents: [String: ConsulAgent] = [:]
    var checkTargets: [String: CheckTarget] = [:]
    var catalogue = ConsulCatalogue()
    /// What servers other than the leader answer.
    var replica = ConsulReplica()
    var leadership = ConsulLeadership()
    var blocked: [Int: ConsulBlockedQuery] = [:]
    /// When sessions end unless they are renewed.
    var sessionEnds: [String: Duration] = [:]
    /// Until when a key's lock is nobody's.
    var lockDelays: [String: Duration] = [:]
    var snapshot: ConsulCatalogue?
    private var connectionCount = 0
    /// The open connections of each process, which its end closes.
    private var clients: [ObjectIdentifier: [Int: ConsulConnection]] = [:]

    /// Servers without agents, reached over `network`.
    public init(_ simulation: Simulation, network: SimulatedNetwork) {
        self.simulation = simulation
        self.network = network
    }

    /// Adds an agent and makes its node known; its name is also its HTTP address.
    public func addAgent(_ name: String) {
        precondition(agents[name] == nil, "an agent is added once")
        let agent = ConsulAgent(name, self)
        agents[name] = agent
        recordLife(of: agent)
    }

    /// The way of a node's process to any agent; a request's authority names the agent.
    public func exchange(for node: SimulatedNode) -> any HTTPExchange {
        ConsulExchange(consul: self, node: node)
    }

    /// Lets `handler`, in the process of `node`, answer health checks whose URL has `authority`.
    ///
    /// A restarted process answers again when it says so again.
    public func answerChecks(
        at authority: String, on node: SimulatedNode, _ handler: @escaping CheckHandler
    ) {
        checkTargets[authority] = CheckTarget(node: node, handler: handler)
    }

    /// The ids of the instances of a service that pass now, in order: for a scenario's verdict.
    public func passingInstances(of service: ServiceName) -> [String] {
        catalogue.services(named: service.text).filter { row in
            catalogue.checks(of: row).allSatisfy { $0.report.status == .passing }
        }.map(\.definition.id).sorted()
    }

    /// The ids of everything in the catalogue, passing or not, in order: for a scenario's verdict.
    public var registeredInstances: [String] { catalogue.services.keys.map(\.id).sorted() }

    /// Opens a connection, which ends with the process of its client at the latest.
    func open(_ connection: (Int) -> ConsulConnection) -> ConsulConnection {
        connectionCount += 1
        let connection = connection(connectionCount)
        let client = connection.client
        let key = ObjectIdentifier(client)
        if clients[key] == nil {
            clients[key] = [:]
            client.atCrash { [self] in
                let open = clients.removeValue(forKey: key) ?? [:]
                for (_, connection) in open.sorted(by: { $0.key < $1.key }) {
                    connection.abandon()
                }
            }
        }
        clients[key]?[connection.number] = connection
        return connection
    }

    func forget(_ connection: ConsulConnection) {
        clients[ObjectIdentifier(connection.client)]?[connection.number] = nil
    }
}
