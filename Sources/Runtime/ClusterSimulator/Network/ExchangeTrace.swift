import Cluster

/// Puts one call on the network into the trace, moment by moment; nothing when none is recorded.
struct ExchangeTrace {
    private let network: SimulatedNetwork
    private let caller: SimulatedNode
    private let address: Address
    private let call: Int

    private var simulation: Simulation { caller.simulation }

    init(_ network: SimulatedNetwork, from caller: SimulatedNode, to address: Address) {
        self.network = network
        self.caller = caller
        self.address = address
        call = caller.simulation.makeTravelNumber()
    }

    /// An arrow of this call that begins now.
    func arrow(_ flow: TraceTravel.Flow) -> TraceArrow {
        TraceArrow(simulation, call: call, flow)
    }

    /// A request leaves the caller.
    func send(_ arrow: TraceArrow, _ frame: [UInt8]) {
        simulation.record(
            .send, node: caller, arrow.travel(.departure, peer: receiver),
            "to \(receiver): \(words(frame, arrow))")
    }

    /// A request is gone on its way.
    func loseRequest(_ arrow: TraceArrow) {
        simulation.record(
            .loss, at: receiver, arrow.travel(.loss, peer: caller.name),
            "request of \(caller.name) lost")
    }

    /// A request arrives at a place where nobody listens, and word of it goes back.
    func bounce(_ arrow: TraceArrow) {
        simulation.record(
            .failure, at: receiver, arrow.travel(.turn, peer: caller.name),
            "\(address.text) does not listen")
    }

    /// A request arrives at a node.
    func receive(_ arrow: TraceArrow, _ frame: [UInt8], by node: SimulatedNode) {
        simulation.record(
            .message, node: node, arrow.travel(.arrival, peer: caller.name),
            "from \(caller.name): \(words(frame, arrow))")
    }

    /// An answer leaves a node; it can be lost at once.
    func reply(_ arrow: TraceArrow, _ answer: [UInt8], by node: SimulatedNode, isLost: Bool) {
        simulation.record(
            .reply, node: node, arrow.travel(.departure, peer: caller.name),
            "to \(caller.name): \(words(answer, arrow))")
        guard isLost else { return }
        simulation.record(
            .loss, at: caller.name, arrow.travel(.loss, peer: node.name),
            "answer of \(node.name) lost")
    }

    /// An answer arrives at the caller, if it still is.
    func receive(_ arrow: TraceArrow, _ answer: [UInt8], from node: String) {
        guard caller.isUp else { return miss(arrow, from: node) }
        simulation.record(
            .answer, node: caller, arrow.travel(.arrival, peer: node),
            "from \(node): \(words(answer, arrow))")
    }

    /// A connection breaks: word of it leaves the place of the callee.
    func breakOff(_ arrow: TraceArrow, at node: SimulatedNode) {
        simulation.record(
            .failure, node: node, arrow.travel(.departure, peer: caller.name),
            "connection of \(caller.name) broke")
    }

    /// The caller is told that its call failed.
    func fail(_ arrow: TraceArrow, _ error: TransportError, from place: String) {
        guard caller.isUp else { return miss(arrow, from: place) }
        simulation.record(
            .failure, node: caller, arrow.travel(.arrival, peer: place), "\(place): \(error)")
    }

    /// The caller waits no longer.
    func expire() {
        guard caller.isUp else { return }
        simulation.record(
            .expiry, node: caller,
            TraceTravel(number: 0, call: call, flow: .request, moment: .expiry, peer: receiver),
            "waited long enough for \(receiver)")
    }

    /// Word that nobody waits leaves the caller.
    func cancel(_ arrow: TraceArrow, at node: SimulatedNode) {
        simulation.record(
            .send, node: caller, arrow.travel(.departure, peer: node.name),
            "to \(node.name): nobody waits any more")
    }

    /// Word that nobody waits arrives.
    func receiveCancellation(_ arrow: TraceArrow, by node: SimulatedNode) {
        simulation.record(
            .message, node: node, arrow.travel(.arrival, peer: caller.name),
            "from \(caller.name): nobody waits any more")
    }

    /// The node that listens at the address, or did so last.
    private var receiver: String { network.owner(of: address) ?? address.text }

    private func miss(_ arrow: TraceArrow, from place: String) {
        simulation.record(
            .loss, node: caller, arrow.travel(.loss, peer: place), "the caller is no more")
    }

    private func words(_ bytes: [UInt8], _ arrow: TraceArrow) -> String {
        let isAnswer = arrow.flow == .answer || arrow.flow == .late
        let frame = SimulatedNetwork.Frame(bytes: bytes, address: address, isAnswer: isAnswer)
        let remark = arrow.flow == .duplicate ? ", again" : arrow.flow == .late ? ", late" : ""
        return (network.describe.map { $0(frame) + ", " } ?? "") + "\(bytes.count) B" + remark
    }
}
