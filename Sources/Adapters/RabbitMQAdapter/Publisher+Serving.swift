import Platform
import Ports
import SocketDrivers

extension Publisher {
    /// How many are sent before it is looked what the broker says.
    private static let burstCountMaximum = 64
    /// The age from which a connection is opened again at once.
    private static let steadyAge = Duration.seconds(1)

    /// Connects and serves until it is closed: the thread's work.
    func run() {
        var rest = ReconnectRest(
            atMost: topology.configuration.timeouts.restMaximum, random: platform.random)
        while !isClosed {
            var opened: Duration?
            do throws(AMQPError) {
                let link = try topology.open(queues)
                try link.selectConfirms()
                opened = platform.clock.uptime
                topology.report(.connected)
                try serve(link)
                try link.close()
            } catch {
                guard !isClosed else { break }
                topology.report(.failed(error.reason))
                state.withLock { $0.isBlocked = false }
                // What came after a connection had broken waits for one attempt, not for two.
                if opened == nil { fail(takeAll { _ in }) }
                // A broker that had served for a while may be back already.
                let age = opened.map { platform.clock.uptime - $0 } ?? .zero
                if age > Self.steadyAge { rest.reset() } else { stayAway(for: rest.next()) }
            }
        }
        end()
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Sends what waits and tells the senders, until the connection breaks or is closed.
    private func serve(_ link: AMQPLink) throws(AMQPError) {
        var ledger = ConfirmLedger()
        // Whether they arrived, nobody knows.
        defer { tell(ledger.takeAll(), .failure(.unconfirmed)) }
        // Signs of life are sent and looked for when it is looked for input.
        let heartbeat = topology.configuration.timeouts.heartbeat / 4
        while let taken = take(ledger.count) {
            // All of them first: a connection that breaks in the middle leaves nobody waiting.
            let due = platform.clock.uptime + topology.configuration.timeouts.confirm
            for publication in taken { ledger.send(publication.number, until: due) }
            for publication in taken {
                try link.publish(
                    publication.message, to: publication.route,
                    isMandatory: publication.isMandatory)
            }
            while let input = try link.nextInput() { try note(input, &ledger) }
            try expire(&ledger)
            let limit = ledger.deadline.map { $0 - platform.clock.uptime } ?? heartbeat
            _ = bell.wait(
                orForSocket: link.socket, isWriting: false,
                atMost: max(.zero, min(limit, heartbeat)))
        }
    }

    private func note(_ input: AMQPInput, _ ledger: inout ConfirmLedger) throws(AMQPError) {
        switch input {
        case .confirmed(let tag, let isMultiple):
            for entry in ledger.settle(tag, isMultiple: isMultiple) {
                tell([entry], entry.isReturned ? .failure(.unroutable) : .success(()))
            }
        case .rejected(let tag, let isMultiple):
            tell(ledger.settle(tag, isMultiple: isMultiple), .failure(.full))
        case .returned(let number): ledger.markReturned(number)
        case .blocked(let isBlocked):
            topology.report(.blocked(isBlocked))
            fail(takeAll { $0.isBlocked = isBlocked })
        case .delivered, .nothing, .cancelled: throw .broken("read: nothing was consumed here")
        }
    }

    /// Gives up what is overdue. A broker that confirms nothing is left, unless it has said why: it
    /// would read no farewell either, and keep each connection that was given up.
    private func expire(_ ledger: inout ConfirmLedger) throws(AMQPError) {
        let overdue = ledger.takeOverdue(at: platform.clock.uptime)
        guard !overdue.isEmpty else { return }
        tell(overdue, .failure(.unconfirmed))
        guard state.withLock({ $0.isBlocked }) else { throw .broken("publish: not confirmed") }
    }

    /// What waits and has somebody who waits for it; nil when the bus is closed and nothing is
    /// on its way.
    private func take(_ sentCount: Int) -> [Publication]? {
        let (taken, abandoned, isOver): ([Publication], [Publication], Bool) =
            state.withLock { state in
                if state.isClosed { return ([], [], sentCount == 0) }
                let taken = state.waiting.prefix(Self.burstCountMaximum)
                state.waiting.removeFirst(taken.count)
                state.isParked = state.waiting.isEmpty
                return (
                    taken.filter { state.senders[$0.number] != nil },
                    taken.filter { state.senders[$0.number] == nil }, false
                )
            }
        forget(abandoned.map(\.number))
        return isOver ? nil : taken
    }

    private func tell(_ entries: [ConfirmLedger.Entry], _ outcome: Outcome) {
        tell(entries.map(\.number), outcome)
    }

    private func tell(_ numbers: [UInt64], _ outcome: Outcome) {
        let senders = state.withLock { state in
            numbers.compactMap { state.senders.removeValue(forKey: $0) }
        }
        forget(numbers)
        for sender in senders { sender.resume(returning: outcome) }
    }

    /// Makes room for others.
    private func forget(_ numbers: [UInt64]) {
        guard !numbers.isEmpty else { return }
        state.withLock { state in
            for number in numbers {
                state.byteCount -= state.byteCounts.removeValue(forKey: number) ?? 0
            }
        }
    }

    /// Tells senders whose publications were never sent.
    private func fail(_ publications: [Publication]) {
        tell(publications.map(\.number), .failure(.unavailable))
    }

    /// Waits before the next attempt; what comes meanwhile waits for it.
    private func stayAway(for rest: Duration) {
        let end = platform.clock.uptime + rest
        while !isClosed, platform.clock.uptime < end {
            _ = bell.wait(
                orForSocket: nil, isWriting: false, atMost: end - platform.clock.uptime)
        }
    }

    private func end() {
        fail(takeAll { $0.isClosed = true })
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.onEnd = [] }
            return state.onEnd
        }
        for waiter in waiters { waiter.resume() }
    }

    private func takeAll(_ change: (inout State) -> Void) -> [Publication] {
        state.withLock { state in
            change(&state)
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
