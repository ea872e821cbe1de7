import Platform

extension SimulatedConsul {
    /// Whether no server runs.
    var isDown: Bool { leadership.isDown }

    /// Whether a server leads.
    var hasLeader: Bool {
        leadership.hasQuorum && !isDown && leadership.vacancyEnd <= simulation.now
    }

    /// What a server other than the leader knows.
    var staleCatalogue: ConsulCatalogue {
        if let frozen = replica.frozen { return frozen }
        return simulation.now < replica.lastChange + ConsulReplica.lag
            ? replica.previous : catalogue
    }

    /// Goes on when a server leads and the agent reaches it, or with the reason why not.
    ///
    /// - Parameter mayFailAtOnce: without a quorum some requests fail before their time.
    func whenLed(
        _ agent: ConsulAgent, mayFailAtOnce: Bool, _ proceed: @escaping (ConsulFailure?) -> Void
    ) {
        if hasLeader, agent.canReachServers { return proceed(nil) }
        if mayFailAtOnce, agent.draws.chance(permille: 500) {
            return proceed(agent.canReachServers ? .noLeader : .noServers)
        }
        leadership.waiterCount += 1
        let number = leadership.waiterCount
        let timer = simulation.after(ConsulLeadership.patience) { [self] in
            leadership.waiters[number] = nil
            proceed(
                !agent.canReachServers ? .noServers : hasLeader ? nil : .noLeader)
        }
        leadership.waiters[number] = ConsulWaiter(agent: agent, timer: timer, proceed: proceed)
    }

    /// Lets go on what waited for a leader and has one.
    func wakeWaiters() {
        guard hasLeader else { return }
        for (number, waiter) in leadership.waiters.sorted(by: { $0.key < $1.key })
        where waiter.agent.canReachServers {
            leadership.waiters[number] = nil
            simulation.cancel(waiter.timer)
            waiter.proceed(nil)
        }
    }

    /// Makes one change of what the servers agree on; somebody must lead.
    @discardableResult
    func change<Value>(_ body: (inout ConsulCatalogue) -> Value) -> Value {
        let before = catalogue
        catalogue.advance()
        let value = body(&catalogue)
        let (touched, orphans) = (catalogue.takeTouched(), catalogue.takeOrphans())
        guard !touched.isEmpty else {
            catalogue = before
            return value
        }
        simulation.note(catalogue.index)
        simulation.record(.init("consul"), "index \(catalogue.index)")
        (replica.previous, replica.lastChange) = (before, simulation.now)
        wakeQueries(touching: touched)
        for session in orphans { endSession(session) }
        return value
    }

    /// Writes down what gossip says of an agent, if somebody leads; a new leader does it later.
    func recordLife(of agent: ConsulAgent) {
        guard hasLeader else { return }
        let report = ConsulCheckReport(
            id: ConsulCheckReport.nodeHealthID, name: "Serf Health Status",
            status: agent.isAlive ? .passing : .critical,
            output: agent.isAlive
                ? "Agent alive and reachable" : "Agent not live or unreachable")
        change { catalogue in
            catalogue.putNode(agent.name)
            catalogue.putCheck(report, on: agent.name)
        }
    }

    /// Begins the rule of a new leader, if there can be one.
    func beginTerm() {
        guard hasLeader else { return }
        leadership.term += 1
        simulation.count("consul: leader elected")
        simulation.record(.init("consul"), "leader of term \(leadership.term)")
        for (_, agent) in agents.sorted(by: { $0.key < $1.key }) { recordLife(of: agent) }
        restartSessionTimers()
        wakeWaiters()
    }
}
