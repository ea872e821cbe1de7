import Cluster
import ClusterSimulator
import Platform

/// A process's place in Consul: the production client and janitor, and the health check that the
/// agent asks.
struct ConsulSeat: Sendable {
    let registry: ConsulRegistry
    let janitor: ConsulJanitor
    private let machine: String
    private let consul: SimulatedConsul
    private let node: SimulatedNode

    init(_ machine: String, consul: SimulatedConsul, node: SimulatedNode) {
        self.machine = machine
        self.consul = consul
        self.node = node
        // The machine's number names its agent.
        var configuration = ConsulRegistry.Configuration(
            agent: "agent-\(machine.split(separator: "-").last ?? "1")")
        configuration.httpCheck = .init(interval: .seconds(5), timeout: .seconds(1)) { _ in
            "http://\(machine)/check"
        }
        let exchange = consul.exchange(for: node)
        registry = ConsulRegistry(configuration, platform: node.platform, exchange: exchange)
        janitor = ConsulJanitor(configuration, platform: node.platform, exchange: exchange)
    }

    /// Passes the health check while the node takes calls.
    func serve(_ running: Node) {
        consul.answerChecks(at: machine, on: node) { _ in
            HTTPResponseMessage(status: running.isReady ? 200 : 503)
        }
    }
}
