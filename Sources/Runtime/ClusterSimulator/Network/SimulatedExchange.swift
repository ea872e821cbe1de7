import Cluster
import Platform

/// One call on the simulated network: its request, its handling, its answer, each with a fate.
final class SimulatedExchange: @unchecked Sendable {
    private let network: SimulatedNetwork
    private let caller: SimulatedNode
    private let address: Address
    private var handlings: [StartedTask] = []
    private var callee: SimulatedNode?
    private let trace: ExchangeTrace

    init(_ network: SimulatedNetwork, from caller: SimulatedNode, to address: Address) {
        self.network = network
        self.caller = caller
        self.address = address
        trace = ExchangeTrace(network, from: caller, to: address)
    }

    private var simulation: Simulation { caller.simulation }

    /// Sends the request, as often as its fate says.
    func begin(
        _ frame: [UInt8], timeout: Duration, _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        simulation.count("calls")
        network.onCall?(caller.name, address, frame)
        let end = simulation.after(timeout) { [trace] in
            trace.expire()
            wake(.failure(TransportError.timedOut))
        }
        let wake: SimulatedNode.Wake<[UInt8]> = { [simulation] result in
            simulation.cancel(end)
            wake(result)
        }
        let receiver = network.listeners[address]?.node.name ?? address.text
        let draws = network.draws(from: caller.name, to: receiver)
        let weather = network.weather
        let isLocal = receiver == caller.name
        if !isLocal, draws.chance(permille: weather.lostRequestPermille) {
            simulation.count("fault: lost request")
            let arrow = trace.arrow(.request)
            trace.send(arrow, frame)
            return trace.loseRequest(arrow)
        }
        send(trace.arrow(.request), frame, to: receiver, wake)
        if !isLocal, draws.chance(permille: weather.duplicatePermille) {
            simulation.count("fault: duplicated request")
            let delay = draws.duration(in: NetworkWeather.duplicateDelay)
            send(trace.arrow(.duplicate), frame, to: receiver, after: delay, wake)
        }
    }

    /// Tells the callee that nobody waits any more.
    func abandon() {
        guard let callee, caller.isUp, !simulation.isReaping else { return }
        let arrow = trace.arrow(.cancellation)
        trace.cancel(arrow, at: callee)
        network.carry(from: caller.name, to: callee.name, as: arrow) { [self] in
            trace.receiveCancellation(arrow, by: callee)
            for handling in handlings { handling.cancel() }
        }
    }

    private func send(
        _ arrow: TraceArrow, _ frame: [UInt8], to receiver: String,
        after delay: Duration = .zero, _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        trace.send(arrow, frame)
        network.carry(from: caller.name, to: receiver, after: delay, as: arrow) { [self] in
            guard let listener = network.listeners[address], listener.node.isUp else {
                // The machine is there, the process is not: it says so.
                trace.bounce(arrow)
                return network.carry(from: receiver, to: caller.name, as: arrow) { [trace] in
                    trace.fail(arrow, .unreachable, from: receiver)
                    wake(.failure(TransportError.unreachable))
                }
            }
            handle(arrow, frame, by: listener, wake)
        }
    }

    private func handle(
        _ arrow: TraceArrow, _ frame: [UInt8], by listener: SimulatedNetwork.Listener,
        _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        let node = listener.node
        callee = node
        simulation.note(UInt64(node.incarnation))
        simulation.note(node.name)
        simulation.note(frame)
        trace.receive(arrow, frame, by: node)
        let connection = network.connections.open(to: node) { [network, caller, trace] in
            let arrow = trace.arrow(.failure)
            trace.breakOff(arrow, at: node)
            network.carry(from: node.name, to: caller.name, as: arrow) {
                trace.fail(arrow, .broken, from: node.name)
                wake(.failure(TransportError.broken))
            }
        }
        let handling = node.start("call from \(caller.name)") { [self] in
            let answer = await listener.handler(frame)
            guard node.isUp, !simulation.isReaping else { return }
            network.connections.close(connection, to: node)
            reply(answer, from: node, wake)
        }
        handlings.append(handling)
    }

    private func reply(
        _ answer: [UInt8], from node: SimulatedNode, _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        let sender = node.name
        let draws = network.draws(from: sender, to: caller.name)
        var delay = Duration.zero
        var flow = TraceTravel.Flow.answer
        if sender != caller.name {
            if draws.chance(permille: network.weather.lostReplyPermille) {
                simulation.count("fault: lost reply")
                return trace.reply(trace.arrow(flow), answer, by: node, isLost: true)
            }
            if draws.chance(permille: network.weather.lateReplyPermille) {
                simulation.count("fault: late reply")
                delay = draws.duration(in: NetworkWeather.lateness)
                flow = .late
            }
        }
        let arrow = trace.arrow(flow)
        trace.reply(arrow, answer, by: node, isLost: false)
        network.carry(from: sender, to: caller.name, after: delay, as: arrow) {
            [simulation, trace] in
            simulation.note(answer)
            trace.receive(arrow, answer, from: sender)
            wake(.success(answer))
        }
    }
}
