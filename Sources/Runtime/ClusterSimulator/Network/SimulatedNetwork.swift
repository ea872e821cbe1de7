import Cluster
import Platform

/// The network between the nodes of a simulation: messages that take time, get lost, come twice,
/// come late, and links that are cut.
public final class SimulatedNetwork: @unchecked Sendable {
    struct Listener {
        let node: SimulatedNode
        let handler: FrameHandler
    }

    struct Link: Hashable {
        let from: String
        let to: String
    }

    /// How messages are treated now.
    public var weather = NetworkWeather.calm

    unowned let simulation: Simulation
    var listeners: [Address: Listener] = [:]
    let connections = OpenConnections()
    private var cut: Set<Link> = []

    /// The network of one simulation.
    public init(_ simulation: Simulation) { self.simulation = simulation }

    /// The network as `node` sees it.
    public func transport(of node: SimulatedNode) -> SimulatedTransport {
        SimulatedTransport(network: self, node: node)
    }

    /// Cuts the way from each of `senders` to each of `receivers`, by the names of nodes: one
    /// direction only, so that half-open links can be had.
    public func cut(from senders: [String], to receivers: [String]) {
        for sender in senders {
            for receiver in receivers where sender != receiver {
                cut.insert(Link(from: sender, to: receiver))
            }
        }
        simulation.count("fault: partition")
        simulation.note("cut")
        simulation.record(.fault, "cut \(senders) from \(receivers)")
    }

    /// Joins everything that was cut.
    public func heal() {
        cut = []
        simulation.record(.fault, "heal")
    }

    func isCut(from sender: String, to receiver: String) -> Bool {
        cut.contains(Link(from: sender, to: receiver))
    }

    /// The draws for messages from one node to another.
    func draws(from sender: String, to receiver: String) -> RandomStream {
        simulation.random("network", id: "\(sender)>\(receiver)")
    }

    /// Carries something over a link: `arrive` is called when it gets there, if it does.
    func carry(
        from sender: String, to receiver: String, after delay: Duration = .zero,
        _ arrive: @escaping () -> Void
    ) {
        guard sender != receiver else {
            simulation.after(delay, arrive)
            return
        }
        let draws = draws(from: sender, to: receiver)
        var latency = draws.duration(in: weather.latency)
        if draws.chance(permille: weather.reorderPermille) {
            simulation.count("fault: reordered message")
            latency += draws.duration(in: NetworkWeather.setback)
        }
        simulation.after(delay + latency) { [self] in
            if isCut(from: sender, to: receiver) {
                simulation.count("fault: message met a cut")
            } else {
                arrive()
            }
        }
    }
}
