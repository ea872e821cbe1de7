import Cluster
import ClusterNetwork
import ClusterSimulator
import Platform
import Ports

/// ``SimulatedConsul`` against Consul, at its HTTP interface.
struct ServiceRegistryComponent: Component {
    static let name = ComponentName.serviceRegistry
    static let outcomes: [(operation: String, outcomes: [String])] = [
        ("register", ["200"]), ("pass", ["200", "500"]), ("warn", ["200", "500"]),
        ("fail", ["200", "500"]), ("deregister", ["200"]), ("health", ["200"]),
        ("health passing", ["200"]), ("health/checks", ["200"]), ("health/state", ["200"]),
        ("health/node", ["200"]), ("catalog/service", ["200"]), ("catalog/services", ["200"]),
        ("agent/services", ["200"]), ("agent/checks", ["200"]), ("get key", ["200", "404"]),
        ("get keys", ["200", "404"]), ("session/info", ["200"]), ("watch", ["200", "404"]),
        ("look", ["woken", "not woken", "no watch"]), ("block", ["200", "404"]),
        ("put", ["true"]), ("put cas", ["true", "false"]),
        ("put acquire", ["true", "false", "500"]), ("put release", ["true", "false"]),
        ("delete", ["true"]), ("delete cas", ["true", "false"]), ("create session", ["200"]),
        ("renew session", ["200", "404"]), ("destroy session", ["200"]),
        ("wrong request", ["200", "400", "404", "405", "500"]), ("expire", ["200"]),
        ("outwait lock", ["done"]),
    ]
    static let differences = [
        KnownDifference(
            "Members that no client of ours reads are missing: Definition, Proxy, Connect, Kind, "
                + "TaggedAddresses, NodeMeta and the service's weights in the catalogue.",
            because: "The simulation answers what ConsulRegistry can ask; they are skipped by name."
        ),
        KnownDifference(
            "Indices are compared by their order alone.",
            because: "One registration is one entry of the simulated log and several of the real "
                + "one."),
        KnownDifference(
            "What wakes whoever waits for a service's health, or for checks in a state, is not "
                + "compared, what it then is is.",
            because: "An agent tells Consul of a registration in parts, in no order, and the "
                + "first part wakes; the simulated agent tells all at once."),
        KnownDifference(
            "Whom a neighbour wakes: whoever waits for a service's checks, or for a key that is "
                + "not there, is woken by any other check or key; whoever waits for a service's "
                + "instances, by no other service.",
            because:
                "In Consul the places of their names in its tree decide. The client finds nothing "
                + "changed and waits again; a wake that shows nothing new is not compared, and "
                + "the trials' keys are neighbours."),
        KnownDifference(
            "The words of an error are not compared, its status is.",
            because: "They differ between releases of Consul, and nobody reads them."),
        KnownDifference(
            "Sessions do not expire within a sequence, and no service is reaped.",
            because: "Both take from twenty seconds to ninety; tests of the simulated Consul "
                + "hold the observed figures."),
    ]
    static let sequenceLength = 50
    static let shrinkingCountMaximum = 50

    /// The sequences that are worth a Consul of their own.
    static let laneCountMaximum = 12

    /// A Consul for each lane: what one sequence changes, another would see.
    let addresses: [String]
    let platform: Platform
    let plant: Plant?

    static func draw(_ draw: inout Draw) -> RegistryOperation { RegistryDraw.operation(&draw) }

    var laneCount: Int { addresses.count }

    func parts(in lane: Int) -> [Part<RegistryOperation>] {
        let address = addresses[lane]
        return [
            Part(name: "Consul") { try await playReal($0, at: address) },
            Part(name: "SimulatedConsul", play: playSimulated),
        ]
    }

    private func playReal(
        _ operations: [RegistryOperation], at address: String
    ) async throws -> [Answer] {
        let prefix = "parity-\(ID<Self>(platform.random, for: "parity").text)-"
        let exchange = HTTPClientExchange()
        let own = try await exchange.exchange(
            HTTPRequestMessage(.get, at: address, "/v1/agent/self"), timeout: .seconds(5))
        let nodeName = ConsulAnswer(own).json?["Config"]?["NodeName"]?.text ?? ""
        let player = RegistryPlayer(
            exchange, agent: address, nodeName: nodeName, platform: platform,
            prefix: prefix)
        let answers = try await player.answers(to: operations)
        try await player.cleanUp()
        return answers
    }

    private func playSimulated(_ operations: [RegistryOperation]) throws -> [Answer] {
        try SimulatedPlay.answers { simulation, node in
            let consul = SimulatedConsul(simulation, network: SimulatedNetwork(simulation))
            consul.addAgent("agent")
            var exchange = consul.exchange(for: node)
            if plant == .consulOverwrites { exchange = OverwritingExchange(exchange: exchange) }
            let player = RegistryPlayer(
                exchange, agent: "agent", nodeName: "agent", platform: node.platform,
                prefix: "parity-")
            do {
                return try await player.answers(to: operations)
            } catch {
                simulation.fail("parity", "\(error)")
                return []
            }
        }
    }
}
