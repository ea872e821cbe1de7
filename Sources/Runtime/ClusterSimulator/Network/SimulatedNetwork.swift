import Cluster
import Platform

/// The network between the nodes of a simulation: messages that take time, get lost, come twice,
/// come late, and links that are cut.
public final class SimulatedNetwork: @unchecked Sendable {
    struct Listener {
        let node: SimulatedNode
        let handler: FrameHandler
    }

    struct StreamListener {
        let node: SimulatedNode
        let user: @Sendable (any ByteStream) -> any ByteStreamUser
    }

    struct Link: Hashable {
        let from: String
        let to: String
    }

    /// A request or an answer, for a description of what is in it.
    public struct Frame: Sendable {
        /// What travels, as the nodes encoded it.
        public let bytes: [UInt8]
        /// Where the call goes, or went.
        public let address: Address
        /// Whether it is the answer to a call.
        public let isAnswer: Bool
    }

    /// How messages are treated now.
    public var weather = NetworkWeather.calm
    /// How byte streams are treated now.
    public var streamWeather = StreamWeather()

    /// Says in a few words what a frame is, for the trace; without it only its size is known.
    ///
    /// It is called only while a trace is recorded, so it must change nothing of the run.
    public var describe: (@Sendable (Frame) -> String)?

    /// Sees every call as it is begun: who calls where with what frame. It must not change the run
    /// but may judge it.
    public var onCall: ((_ caller: String, _ address: Address, _ frame: [UInt8]) -> Void)?

    unowned let simulation: Simulation
    var listeners: [Address: Listener] = [:]
    var streamListeners: [Address: StreamListener] = [:]
    let connections = OpenConnections()
    private var cut: Set<Link> = []
    /// Who listened at an address last, for the trace.
    private var owners: [Address: String] = [:]

    /// The network of one simulation.
    public init(_ simulation: Simulation) { self.simulation = simulation }

    /// The network as `node` sees it.
    public func transport(of node: SimulatedNode) -> SimulatedTransport {
        SimulatedTransport(network: self, node: node)
    }

    /// The network's byte streams as `node` has them.
    public func streams(of node: SimulatedNode) -> SimulatedStreams {
        SimulatedStreams(network: self, node: node)
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
        simulation.record(
            .cut(senders: senders, receivers: receivers), at: "",
            "cut \(senders.joined(separator: ", ")) from \(receivers.joined(separator: ", "))")
    }

    /// Joins everything that was cut.
    public func heal() {
        cut = []
        simulation.record(.joined, at: "", "heal")
    }

    /// The node that listens at an address, or did so when it was last asked for; for the trace.
    func owner(of address: Address) -> String? {
        if let listener = listeners[address] { owners[address] = listener.node.name }
        return owners[address]
    }

    func isCut(from sender: String, to receiver: String) -> Bool {
        cut.contains(Link(from: sender, to: receiver))
    }

    /// The draws for messages from one node to another.
    func draws(from sender: String, to receiver: String) -> RandomStream {
        simulation.random("network", id: "\(sender)>\(receiver)")
    }

    /// Carries the beginning of a connection over a link, if that is not cut.
    func carryPiece(from sender: String, to receiver: String, _ arrive: @escaping () -> Void) {
        let latency = draws(from: sender, to: receiver).duration(in: weather.latency)
        simulation.after(latency) { [self] in
            guard isCut(from: sender, to: receiver) else { return arrive() }
            simulation.count("fault: stream met a cut")
        }
    }

    /// Carries something over a link: `arrive` is called when it gets there, if it does.
    func carry(
        from sender: String, to receiver: String, after delay: Duration = .zero,
        as arrow: TraceArrow, _ arrive: @escaping () -> Void
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
                simulation.record(
                    .loss, at: receiver, arrow.travel(.loss, peer: sender), "met a cut")
            } else {
                arrive()
            }
        }
    }
}
