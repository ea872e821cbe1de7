import Ports

extension Consumer {
    /// Connects and hands out until it is closed or the connection breaks: the thread's work.
    func run() {
        do throws(AMQPError) {
            let link = try open(source)
            noteOpen()
            try serve(link)
            try link.close()
        } catch {
            topology.report(.failed(error.reason))
        }
        noteBreak()
        noteEnd()
    }

    private func open(_ source: Source) throws(AMQPError) -> AMQPLink {
        switch source {
        case .queue(let queue, let prefetchMaximum):
            let link = try topology.open([queue])
            try link.consume(
                topology.names.queue(queue), prefetchMaximum: prefetchMaximum)
            return link
        case .signals(let topic):
            let link = try topology.open([])
            let queue = try link.declare(
                "", .exclusive(countMaximum: BusLimits.signalCountMaximum))
            try link.bind(queue, to: topology.names.signals, key: topic.text)
            try link.consume(queue, prefetchMaximum: nil)
            return link
        }
    }

    /// Hands out what arrives and tells the broker what became of it.
    private func serve(_ link: AMQPLink) throws(AMQPError) {
        // Signs of life are sent and looked for when it is looked for input.
        let heartbeat = topology.configuration.timeouts.heartbeat / 4
        while let settlements = takeSettlements() {
            for settlement in settlements {
                try link.settle(settlement.tag, isTaken: settlement.isTaken)
            }
            while let input = try link.nextInput() { try note(input) }
            _ = bell.wait(orForSocket: link.socket, isWriting: false, atMost: heartbeat)
        }
    }

    private func note(_ input: AMQPInput) throws(AMQPError) {
        switch input {
        case .delivered(let delivery): arrive(delivery, countMaximum: countMaximum)
        case .cancelled: throw .broken("read: the queue is gone")
        case .blocked: return
        case .nothing, .returned, .confirmed, .rejected:
            throw .broken("read: nothing was published here")
        }
    }

    /// How many may wait; of a queue the broker hands out no more.
    private var countMaximum: Int {
        switch source {
        case .queue(_, let prefetchMaximum): prefetchMaximum
        case .signals: BusLimits.signalCountMaximum
        }
    }
}
