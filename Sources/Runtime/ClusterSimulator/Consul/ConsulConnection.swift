import Cluster
import Platform

/// One request of a process to an agent, from its start until nobody waits for its answer.
final class ConsulConnection {
    let number: Int
    let client: SimulatedNode
    let request: HTTPRequestMessage
    private let consul: SimulatedConsul
    private let wake: SimulatedNode.Wake<HTTPResponseMessage>
    private var timer: EventHandle?
    /// Whether the agent still has it.
    private var isAtAgent = false

    init(
        _ number: Int, _ consul: SimulatedConsul, _ client: SimulatedNode,
        _ request: HTTPRequestMessage, _ wake: @escaping SimulatedNode.Wake<HTTPResponseMessage>
    ) {
        self.number = number
        self.consul = consul
        self.client = client
        self.request = request
        self.wake = wake
    }

    private var simulation: Simulation { consul.simulation }
    private var network: SimulatedNetwork { consul.network }
    private var agentName: String { request.authority }

    /// Sends the request.
    func begin(timeout: Duration) {
        simulation.count("consul: requests")
        timer = simulation.after(timeout) { [self] in
            timer = nil
            finish(.failure(TransportError.timedOut))
            abandon()
        }
        let draws = network.draws(from: client.name, to: agentName)
        if client.name != agentName, draws.chance(permille: network.weather.lostRequestPermille) {
            return simulation.count("fault: lost request")
        }
        network.carry(from: client.name, to: agentName) { [self] in arrive() }
    }

    private func arrive() {
        guard let agent = consul.agents[agentName], agent.isUp else {
            // The machine is there, the process is not: it says so.
            return carryBack(.failure(.unreachable))
        }
        let others = agent.connections.values.filter { $0.client.name == client.name }
        guard others.count < SimulatedConsul.connectionCountMaximum else {
            simulation.count("consul: connection refused")
            return carryBack(.failure(.broken))
        }
        isAtAgent = true
        agent.connections[number] = self
        simulation.note("\(client.name) \(request.method.rawValue) \(request.target)")
        simulation.record(
            .init("consul"), node: client, "\(request.method.rawValue) \(request.target)")
        consul.take(ConsulCall(request), at: agent, self)
    }

    /// Whether the agent may still answer.
    var isOpen: Bool { isAtAgent }

    /// Ends the connection with the agent's answer.
    func respond(_ answer: HTTPResponseMessage) {
        guard leaveAgent() else { return }
        let draws = network.draws(from: agentName, to: client.name)
        var delay = Duration.zero
        if agentName != client.name {
            if draws.chance(permille: network.weather.lostReplyPermille) {
                return simulation.count("fault: lost reply")
            }
            if draws.chance(permille: network.weather.lateReplyPermille) {
                simulation.count("fault: late reply")
                delay = draws.duration(in: NetworkWeather.lateness)
            }
        }
        let isTooLong = answer.body.count > request.answerByteCountMaximum
        carryBack(isTooLong ? .failure(.broken) : .success(answer), after: delay)
    }

    /// Ends the connection without an answer: the agent died.
    func fail(_ error: TransportError) {
        isAtAgent = false
        carryBack(.failure(error))
    }

    /// Tells the agent that nobody waits any more; until the word is there, the agent waits on.
    func abandon() {
        if let timer { simulation.cancel(timer) }
        timer = nil
        consul.forget(self)
        guard !simulation.isReaping else { return }
        network.carry(from: client.name, to: agentName) { [self] in _ = leaveAgent() }
    }

    private func leaveAgent() -> Bool {
        guard isAtAgent else { return false }
        isAtAgent = false
        consul.agents[agentName]?.connections[number] = nil
        consul.dropQuery(number)
        return true
    }

    private func carryBack(
        _ result: Result<HTTPResponseMessage, TransportError>, after delay: Duration = .zero
    ) {
        network.carry(from: agentName, to: client.name, after: delay) { [self] in
            finish(result)
        }
    }

    private func finish(_ result: Result<HTTPResponseMessage, TransportError>) {
        if let timer { simulation.cancel(timer) }
        timer = nil
        consul.forget(self)
        if case .success(let answer) = result {
            simulation.note(UInt64(answer.status))
            simulation.note(answer.body)
        }
        wake(result.mapError { $0 })
    }
}
