import Platform
import Ports

extension SimulatedBroker {
    /// Hands out what waits in a queue, as far as its consumers have room.
    func dispatch(_ queue: QueueName) {
        while lines[queue]?.isIdle == false, let number = freeConsumer(of: queue),
            let channel = consumers[number]?.channel,
            let (event, delivery) = lines[queue]?.takeFirst()
        {
            consumers[number]?.held.append(event)
            let draws = draws(for: channel.node)
            channel.toClient(
                Arrival(number: event, delivery: delivery),
                after: draws.duration(in: weather.latency))
            if draws.chance(permille: weather.brokenChannelPermille) {
                simulation.after(draws.duration(in: BrokerWeather.breakDelay)) { [self] in
                    guard consumers[number] != nil else { return }
                    noteFault("broken channel")
                    close(number)
                }
            }
        }
        checkConservation(of: queue)
    }

    /// Does what a consumer said about an event, unless its channel is closed by now.
    func settle(_ event: Int, _ verdict: BusVerdict, by number: Int) {
        guard let queue = consumers[number]?.queue,
            let index = consumers[number]?.held.firstIndex(of: event)
        else { return }
        consumers[number]?.held.remove(at: index)
        switch verdict {
        case .taken:
            lines[queue]?.settle(event)
            simulation.count("\(name) taken")
        case .never(let reason):
            lines[queue]?.bury(event, reason)
            simulation.count("\(name) dead letters")
        case .again: requeue(event, in: queue)
        }
        dispatch(queue)
    }

    /// Ends a channel: what it held goes back before the others, maybe in another order.
    func close(_ number: Int) {
        listeners.removeValue(forKey: number)?.channel.breakOff()
        guard let consumer = consumers.removeValue(forKey: number) else { return }
        consumer.channel.breakOff()
        var returned = consumer.held
        if !returned.isEmpty {
            simulation.count("fault: \(name) redelivery", by: returned.count)
        }
        var draws = draws(for: consumer.channel.node)
        if returned.count > 1, draws.chance(permille: weather.reorderPermille) {
            noteFault("reordered redelivery")
            returned.shuffle(using: &draws)
        }
        for event in returned.reversed() { requeue(event, in: consumer.queue) }
        dispatch(consumer.queue)
    }

    /// The numbers of a node's channels, or of all, in order.
    func numbers(of node: SimulatedNode? = nil) -> [Int] {
        let consuming = consumers.filter { node == nil || $0.value.channel.node === node }
        let listening = listeners.filter { node == nil || $0.value.channel.node === node }
        return (Array(consuming.keys) + Array(listening.keys)).sorted()
    }

    /// Ends a channel after a while, and after all that was sent on it before.
    func hangUp(_ number: Int, after delay: Duration) {
        consumers[number]?.channel.toBroker(after: delay) { [self] in close(number) }
        listeners[number]?.channel.toBroker(after: delay) { [self] in close(number) }
    }

    private func requeue(_ event: Int, in queue: QueueName) {
        let before = lines[queue]?.deadLetters.count
        lines[queue]?.requeue(event)
        if lines[queue]?.deadLetters.count != before {
            simulation.count("\(name) dead letters")
            noteFault("poison event")
        }
    }

    /// One of the queue's consumers with room, drawn from them all.
    private func freeConsumer(of queue: QueueName) -> Int? {
        let free = consumers.filter { $0.value.queue == queue }
            .filter { $0.value.held.count < $0.value.prefetchMaximum }.keys.sorted()
        guard !free.isEmpty else { return nil }
        return free[simulation.random(name, id: "consumer").below(free.count)]
    }

    private func checkConservation(of queue: QueueName) {
        guard let counts = lines[queue]?.counts else { return }
        let heldCount = consumers.values.filter { $0.queue == queue }.map(\.held.count)
            .reduce(0, +)
        guard !counts.isConserved || counts.inFlight != heldCount else { return }
        simulation.fail(conservation, "\(queue): \(counts), held \(heldCount)")
    }
}
