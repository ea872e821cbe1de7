import Platform
import Ports

extension SimulatedBroker {
    /// Breaks all channels and refuses everything for a while.
    public func goDown(for duration: Duration) {
        noteFault("down")
        vanish(for: duration)
    }

    /// Stops and starts: channels and exclusive queues are gone, and it is away for a while.
    ///
    /// - Parameter keepingQueues: whether the durable queues are still there; a disk that was
    ///   lost takes them along, and their events count as lost.
    public func restart(keepingQueues: Bool = true) {
        noteFault("restart")
        if !keepingQueues { noteFault("lost queues") }
        let start = simulation.random(name, id: "restart")
        vanish(for: start.duration(in: BrokerWeather.startTime))
        if !keepingQueues { destroyQueues() }
    }

    /// Breaks the channels of one node, and of later lives of its name, and refuses it for a
    /// while.
    public func cutOff(_ node: SimulatedNode, for duration: Duration) {
        noteFault("cut off")
        setAway(node, until: simulation.now + duration)
        for number in numbers(of: node) { close(number) }
    }

    /// Breaks all channels of one node; it can open others at once.
    public func breakChannels(of node: SimulatedNode) {
        noteFault("broken channel")
        for number in numbers(of: node) { close(number) }
    }

    /// Makes publishers wait, because its memory is full.
    public func raiseAlarm(for duration: Duration) {
        noteFault("memory alarm")
        alarmUntil = max(alarmUntil, simulation.now + duration)
        simulation.at(alarmUntil) { [self] in endAlarm() }
    }

    /// Treats everybody well again.
    public func heal() {
        weather = .calm
        endAbsence()
        alarmUntil = .zero
        endAlarm()
    }

    private func vanish(for duration: Duration) {
        setAway(nil, until: simulation.now + duration)
        for number in numbers() { close(number) }
        let unread = blocked.sorted { $0.key < $1.key }.map(\.value)
        blocked = [:]
        for publication in unread { publication.answer(.failure(BusError.unconfirmed)) }
    }

    private func endAlarm() {
        guard simulation.now >= alarmUntil else { return }
        let released = blocked.sorted { $0.key < $1.key }.map(\.value)
        blocked = [:]
        for publication in released { accept(publication) }
    }
}
