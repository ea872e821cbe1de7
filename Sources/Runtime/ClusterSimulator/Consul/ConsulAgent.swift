import Platform

/// One agent of Consul: what is registered with it, which is its own state apart from the
/// catalogue's, and the timers of the checks.
final class ConsulAgent {
    /// A check as its agent keeps it.
    struct Check {
        var report: ConsulCheckReport
        /// Tells the timers of this check from those of an earlier one of the same id.
        let serial: Int
        var timeToLive: Duration?
        var timeToLiveEnd = Duration.zero
        var isTimerSet = false
        var probe: ConsulProbe?
        var deregisterAfter: Duration?
        var criticalSince: Duration?
    }

    let name: String
    unowned let consul: SimulatedConsul
    var services: [String: ConsulServiceDefinition] = [:]
    var checks: [String: Check] = [:]
    var isUp = true
    /// Which life of the agent's process this is.
    var life = 1
    /// Whether no server can be reached.
    var isCutOff = false
    /// How much later everything is answered.
    var slowness = Duration.zero
    /// Whether gossip takes the agent for alive.
    var isAlive = true
    /// Counts the changes that gossip has not yet spread.
    var rumourCount = 0
    /// The agent's open connections by number, with their clients.
    var connections: [Int: ConsulConnection] = [:]
    /// Checks that were registered again since the servers were last told of changes.
    var repeatedChecks: Set<String> = []
    var isSyncSet = false
    var isRetrySet = false
    /// When the agent next compares all that it knows with the catalogue.
    var fullSyncMoment: Duration?
    /// When its reaper ticks first.
    let reaperPhase: Duration
    private var serial = 0

    init(_ name: String, _ consul: SimulatedConsul) {
        self.name = name
        self.consul = consul
        reaperPhase = consul.simulation.random("consul", id: "reaper \(name)")
            .duration(in: .zero...ConsulAgent.reaperInterval)
    }

    var simulation: Simulation { consul.simulation }
    var draws: RandomStream { simulation.random("consul", id: name) }
    var canReachServers: Bool { isUp && !isCutOff && !consul.isDown }

    func nextSerial() -> Int {
        serial += 1
        return serial
    }

    /// Sets an event that does not outlive this life of the agent.
    func after(_ delay: Duration, _ event: @escaping (ConsulAgent) -> Void) {
        let life = life
        simulation.after(delay) { [self] in
            if isUp, self.life == life { event(self) }
        }
    }

    /// Adds a check, or changes what is known of it: its status and its timer go on.
    func put(_ check: Check) {
        guard var known = checks[check.report.id] else {
            checks[check.report.id] = check
            return begin(check.report.id)
        }
        var report = check.report
        (report.status, report.output) = (known.report.status, known.report.output)
        known.report = report
        repeatedChecks.insert(report.id)
        known.timeToLive = check.timeToLive
        known.deregisterAfter = check.deregisterAfter
        checks[check.report.id] = known
    }

    /// Starts the timers of a check.
    func begin(_ id: String) {
        guard let check = checks[id] else { return }
        if let timeToLive = check.timeToLive {
            checks[id]?.timeToLiveEnd = simulation.now + timeToLive
            setTimer(id)
        }
        if let probe = check.probe {
            let first = draws.duration(in: .zero...probe.interval)
            after(first) { $0.ask(id, serial: check.serial) }
        }
        noteStatus(id, before: nil)
    }

    /// Removes a service with its checks; one that is not there is removed already.
    func deregister(_ id: String) {
        guard services.removeValue(forKey: id) != nil else { return }
        checks = checks.filter { $0.value.report.serviceID != id }
        syncSoon()
    }

    /// Gives a check a status; only another one than before is told to the servers at once.
    func set(_ id: String, _ status: ConsulStatus, _ output: String) {
        guard let before = checks[id]?.report.status else { return }
        checks[id]?.report.status = status
        checks[id]?.report.output = output
        guard before != status else { return }
        noteStatus(id, before: before)
        syncSoon()
    }

    private func noteStatus(_ id: String, before: ConsulStatus?) {
        guard let check = checks[id] else { return }
        guard check.report.status == .critical else {
            checks[id]?.criticalSince = nil
            return
        }
        checks[id]?.criticalSince = simulation.now
        awaitReaper(id)
    }
}
