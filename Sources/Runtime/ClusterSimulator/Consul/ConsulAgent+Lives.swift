import Platform

extension ConsulAgent {
    /// How long gossip takes to notice that an agent is gone.
    static let deathRumour: ClosedRange<Duration> =
        .milliseconds(6700)...Duration.milliseconds(6800)
    /// How long gossip takes to notice that an agent is back.
    static let birthRumour: ClosedRange<Duration> = .milliseconds(200)...Duration.seconds(1)

    /// How long the entry of a dead agent stays unless somebody removes it.
    static let deadNodeLifetime = Duration.seconds(72 * 3600)

    /// Ends the agent's process; what is on its disk stays.
    func kill() {
        guard isUp else { return }
        isUp = false
        for (_, connection) in connections.sorted(by: { $0.key < $1.key }) {
            connection.fail(.broken)
        }
        connections = [:]
        spread(isAlive: false)
    }

    /// Starts the agent's process again, on its disk or on an empty one.
    func restart(forgetting: Bool) {
        guard !isUp else { return }
        isUp = true
        life += 1
        (isSyncSet, isRetrySet, fullSyncMoment) = (false, false, nil)
        if forgetting { (services, checks) = ([:], [:]) }
        for (id, check) in checks.sorted(by: { $0.key < $1.key }) { restore(id, check) }
        if !isCutOff { spread(isAlive: true) }
        setFullSync(in: Self.reunionDelay)
    }

    /// A check goes on from its stored word if that has not expired, and is critical otherwise.
    private func restore(_ id: String, _ check: Check) {
        var restored = Check(
            report: check.report, serial: nextSerial(), timeToLive: check.timeToLive,
            probe: check.probe, deregisterAfter: check.deregisterAfter)
        if check.timeToLive == nil || check.timeToLiveEnd <= simulation.now {
            restored.report.status = .critical
            restored.report.output = ""
        }
        checks[id] = restored
        begin(id)
    }

    /// Cuts the agent off from all servers, or joins them again.
    func cutOff(_ isCutOff: Bool) {
        guard self.isCutOff != isCutOff else { return }
        self.isCutOff = isCutOff
        guard isUp else { return }
        spread(isAlive: !isCutOff)
        guard !isCutOff else { return consul.hangQueries(of: self) }
        setFullSync(in: Self.reunionDelay)
        consul.wakeWaiters()
    }

    /// Lets gossip find out how the agent is; what it was about to find out before does not count.
    private func spread(isAlive: Bool) {
        rumourCount += 1
        let rumour = rumourCount
        let delay = draws.duration(in: isAlive ? Self.birthRumour : Self.deathRumour)
        simulation.after(delay) { [self] in
            guard rumourCount == rumour else { return }
            self.isAlive = isAlive
            consul.recordLife(of: self)
        }
        guard !isAlive else { return }
        simulation.after(Self.deadNodeLifetime) { [self] in
            guard rumourCount == rumour, consul.hasLeader else { return }
            consul.change { $0.removeNode(name) }
        }
    }
}
