import Platform
import Ports

extension SimulatedBroker {
    /// Opens a channel, on which the broker does `register`, once.
    ///
    /// - Throws: ``BusError/unavailable``; else the node's reason for not waiting, after which
    ///   the channel may be open all the same.
    func open<Item>(
        _ channel: SimulatedChannel<Item>, _ register: @escaping () -> Void
    ) async throws {
        let node = channel.node
        watch(node)
        try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
            let draws = draws(for: node)
            let isRefused = draws.chance(permille: weather.unavailablePermille)
            if isRefused { noteFault("unavailable") }
            let latency = draws.duration(in: weather.latency)
            channel.toBroker(after: draws.duration(in: weather.latency)) { [self] in
                guard node.isUp else { return }
                let isOpen = !isRefused && !isAway(from: node)
                if isOpen { register() }
                simulation.after(latency) {
                    wake(isOpen ? .success(()) : .failure(BusError.unavailable))
                }
            }
        }
    }

    /// Tells all that listen to the signal's topic, as far as it is not lost on the way.
    func spread(_ signal: BusSignal) {
        simulation.count("\(name) signals")
        for (_, listener) in listeners.sorted(by: { $0.key < $1.key })
        where listener.topic == signal.topic {
            let draws = draws(for: listener.channel.node)
            if draws.chance(permille: weather.lostSignalPermille) {
                noteFault("lost signal")
            } else {
                listener.channel.toClient(
                    signal, after: draws.duration(in: weather.latency))
            }
        }
    }

    /// Carries a signal to the broker.
    func send(
        _ signal: BusSignal, from node: SimulatedNode, _ wake: @escaping SimulatedNode.Wake<Void>
    ) {
        let draws = draws(for: node)
        let isRefused = draws.chance(permille: weather.unavailablePermille)
        if isRefused { noteFault("unavailable") }
        let latency = draws.duration(in: weather.latency)
        simulation.after(draws.duration(in: weather.latency)) { [self] in
            let isHeard = !isRefused && !isAway(from: node)
            if isHeard { spread(signal) }
            simulation.after(latency) {
                wake(isHeard ? .success(()) : .failure(BusError.unavailable))
            }
        }
    }
}
