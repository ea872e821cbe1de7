import Ports

/// Puts what becomes of one operation on a server into the trace; nothing when none is recorded.
struct OperationTrace {
    private let simulation: Simulation
    private let node: SimulatedNode
    private let server: String
    private let flow: TraceTravel.Flow
    private let text: String?
    private let number: Int

    init(
        _ simulation: Simulation, by node: SimulatedNode, on server: String, isChange: Bool,
        text: String?
    ) {
        self.simulation = simulation
        self.node = node
        self.server = server
        self.text = text
        flow = isChange ? .write : .read
        number = simulation.makeTravelNumber()
    }

    /// It sets out.
    func depart() {
        simulation.record(.operation, node: node, travel(.departure, peer: server), words)
    }

    /// It was done, with this result, of which the node may never hear.
    func turn<Value>(_ result: Result<Value, any Error>, isAnswerLost: Bool = false) {
        switch result {
        case .success where isAnswerLost: record(.unanswered, "\(words): the answer is lost")
        case .success: record(flow == .write ? .write : .read, words)
        case .failure(StoreError.conflict(let key)):
            record(.conflict, "\(words): conflict on \(key.collection)/\(key.id)")
        case .failure(let error): record(.refusal, "\(words): \(error)")
        }
    }

    /// The server, or the way to it, had something against it.
    func turn(_ fate: String) { record(.refusal, "\(words): \(fate)") }

    /// Its result is back at the node, if there still is one.
    func arrive<Value>(_ result: Result<Value, any Error>) {
        guard node.isUp else {
            return simulation.record(
                .loss, node: node, travel(.loss, peer: server), "the node is no more")
        }
        switch result {
        case .success: arrive("done")
        case .failure(StoreError.conflict): arrive("conflict")
        case .failure(let error): arrive("\(error)")
        }
    }

    private func arrive(_ text: @autoclosure () -> String) {
        simulation.record(.result, node: node, travel(.arrival, peer: server), text())
    }

    private func record(_ kind: TraceEvent.Kind, _ text: @autoclosure () -> String) {
        simulation.record(kind, at: server, travel(.turn, peer: node.name), text())
    }

    private var words: String { text ?? (flow == .write ? "change" : "read") }

    private func travel(_ moment: TraceTravel.Moment, peer: String) -> TraceTravel {
        TraceTravel(number: number, call: number, flow: flow, moment: moment, peer: peer)
    }
}
