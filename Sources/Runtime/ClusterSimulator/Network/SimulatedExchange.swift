import Cluster
import Platform

/// One call on the simulated network: its request, its handling, its answer, each with a fate.
final class SimulatedExchange: @unchecked Sendable {
    private let network: SimulatedNetwork
    private let caller: SimulatedNode
    private let address: Address
    private var handlings: [StartedTask] = []
    private var callee: SimulatedNode?

    init(_ network: SimulatedNetwork, from caller: SimulatedNode, to address: Address) {
        self.network = network
        self.caller = caller
        self.address = address
    }

    private var simulation: Simulation { caller.simulation }

    /// Sends the request, as often as its fate says.
    func begin(
        _ frame: [UInt8], timeout: Duration, _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        simulation.count("calls")
        let end = simulation.after(timeout) { wake(.failure(TransportError.timedOut)) }
        let wake: SimulatedNode.Wake<[UInt8]> = { [simulation] result in
            simulation.cancel(end)
            wake(result)
        }
        let receiver = network.listeners[address]?.node.name ?? address.text
        let draws = network.draws(from: caller.name, to: receiver)
        let weather = network.weather
        let isLocal = receiver == caller.name
        if !isLocal, draws.chance(permille: weather.lostRequestPermille) {
            return simulation.count("fault: lost request")
        }
        send(frame, to: receiver, wake)
        if !isLocal, draws.chance(permille: weather.duplicatePermille) {
            simulation.count("fault: duplicated request")
            let delay = draws.duration(in: NetworkWeather.duplicateDelay)
            send(frame, to: receiver, after: delay, wake)
        }
    }

    /// Tells the callee that nobody waits any more.
    func abandon() {
        guard let callee, caller.isUp, !simulation.isReaping else { return }
        network.carry(from: caller.name, to: callee.name) { [self] in
            for handling in handlings { handling.cancel() }
        }
    }

    private func send(
        _ frame: [UInt8], to receiver: String, after delay: Duration = .zero,
        _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        network.carry(from: caller.name, to: receiver, after: delay) { [self] in
            guard let listener = network.listeners[address], listener.node.isUp else {
                // The machine is there, the process is not: it says so.
                return network.carry(from: receiver, to: caller.name) {
                    wake(.failure(TransportError.unreachable))
                }
            }
            handle(frame, by: listener, wake)
        }
    }

    private func handle(
        _ frame: [UInt8], by listener: SimulatedNetwork.Listener,
        _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        let node = listener.node
        callee = node
        simulation.note(UInt64(node.incarnation))
        simulation.note(node.name)
        simulation.note(frame)
        simulation.record(.init("message"), node: node, "from \(caller.name)")
        let connection = network.connections.open(to: node) { [network, caller] in
            network.carry(from: node.name, to: caller.name) {
                wake(.failure(TransportError.broken))
            }
        }
        let handling = node.start("call from \(caller.name)") { [self] in
            let answer = await listener.handler(frame)
            guard node.isUp, !simulation.isReaping else { return }
            network.connections.close(connection, to: node)
            reply(answer, from: node.name, wake)
        }
        handlings.append(handling)
    }

    private func reply(
        _ answer: [UInt8], from sender: String, _ wake: @escaping SimulatedNode.Wake<[UInt8]>
    ) {
        let draws = network.draws(from: sender, to: caller.name)
        var delay = Duration.zero
        if sender != caller.name {
            if draws.chance(permille: network.weather.lostReplyPermille) {
                return simulation.count("fault: lost reply")
            }
            if draws.chance(permille: network.weather.lateReplyPermille) {
                simulation.count("fault: late reply")
                delay = draws.duration(in: NetworkWeather.lateness)
            }
        }
        network.carry(from: sender, to: caller.name, after: delay) { [simulation, caller] in
            simulation.note(answer)
            simulation.record(.init("answer"), node: caller, "from \(sender)")
            wake(.success(answer))
        }
    }
}
