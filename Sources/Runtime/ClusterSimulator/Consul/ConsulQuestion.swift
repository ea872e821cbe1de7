import Cluster
import Platform

/// One question of an agent to a service, over the network.
final class ConsulQuestion: @unchecked Sendable {
    private let agent: ConsulAgent
    private let id: String
    private let serial: Int
    private let life: Int
    private let probe: ConsulProbe
    private var isOpen = true

    init(_ agent: ConsulAgent, _ id: String, serial: Int, _ probe: ConsulProbe) {
        self.agent = agent
        self.id = id
        self.serial = serial
        self.probe = probe
        life = agent.life
    }

    private var network: SimulatedNetwork { agent.consul.network }

    func begin() {
        agent.after(probe.timeout) { [self] _ in end(.critical, "context deadline exceeded") }
        guard let target = agent.consul.checkTargets[probe.authority] else {
            return agent.after(.milliseconds(1)) { [self] _ in refuse() }
        }
        let node = target.node
        network.carry(from: agent.name, to: node.name) { [self] in
            guard node.isUp else {
                return network.carry(from: node.name, to: agent.name) { [self] in refuse() }
            }
            node.start("health check") { [self] in
                let answer = await target.handler(
                    HTTPRequestMessage(.get, at: probe.authority, probe.target))
                guard node.isUp, !node.simulation.isReaping else { return }
                network.carry(from: node.name, to: agent.name) { [self] in judge(answer.status) }
            }
        }
    }

    private func refuse() { end(.critical, "connection refused") }

    private func judge(_ status: Int) {
        switch status {
        case 200..<300: end(.passing, "\(status)")
        case 429: end(.warning, "\(status)")
        default: end(.critical, "\(status)")
        }
    }

    private func end(_ status: ConsulStatus, _ output: String) {
        guard isOpen else { return }
        isOpen = false
        guard agent.isUp, agent.life == life, agent.checks[id]?.serial == serial else { return }
        agent.set(id, status, "HTTP GET \(probe.url): \(output)")
        let (id, serial) = (id, serial)
        agent.after(probe.interval) { $0.ask(id, serial: serial) }
    }
}
