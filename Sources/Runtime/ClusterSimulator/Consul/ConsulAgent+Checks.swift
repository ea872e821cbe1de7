import Platform

extension ConsulAgent {
    /// How late an expired check is noticed.
    static let expiryLateness = Duration.milliseconds(12)
    /// The time between two ticks of the reaper.
    static let reaperInterval = Duration.seconds(30)
    /// The least critical time after which the reaper removes a service.
    static let reaperFloor = Duration.seconds(60)

    /// Takes the word of an instance on its own check.
    func report(
        _ id: String, _ status: ConsulStatus, _ output: String
    ) throws(ConsulFailure) {
        guard let timeToLive = checks[id]?.timeToLive else {
            throw .internalError("CheckID \"\(id)\" does not have associated TTL")
        }
        checks[id]?.timeToLiveEnd = simulation.now + timeToLive
        setTimer(id)
        set(id, status, output)
    }

    /// Sees to it that a check expires. There is one event for each, which moves on with it.
    func setTimer(_ id: String) {
        guard let check = checks[id], !check.isTimerSet else { return }
        checks[id]?.isTimerSet = true
        after(check.timeToLiveEnd + Self.expiryLateness - simulation.now) { agent in
            agent.expire(id, serial: check.serial)
        }
    }

    private func expire(_ id: String, serial: Int) {
        guard let check = checks[id], check.serial == serial else { return }
        checks[id]?.isTimerSet = false
        guard check.timeToLiveEnd + Self.expiryLateness <= simulation.now else {
            return setTimer(id)
        }
        simulation.count("consul: check expired")
        set(id, .critical, "TTL expired")
    }

    /// Sees to it that the reaper looks at a critical check when it may be due.
    func awaitReaper(_ id: String) {
        guard let check = checks[id], let asked = check.deregisterAfter,
            let since = check.criticalSince
        else { return }
        let due = since + max(asked, Self.reaperFloor)
        // The first tick after that moment.
        let ticks = max(0, (due - reaperPhase).nanoseconds) / Self.reaperInterval.nanoseconds + 1
        let tick = reaperPhase + Self.reaperInterval * Int(ticks)
        after(tick - simulation.now) { agent in
            guard let now = agent.checks[id], now.serial == check.serial,
                now.criticalSince == since
            else { return }
            agent.simulation.count("consul: reaped")
            agent.deregister(now.report.serviceID)
        }
    }

    /// Takes a service out of use by a critical check, with a reason, or lets it back.
    func setMaintenance(of service: String, _ reason: String?) throws(ConsulFailure) {
        guard let definition = services[service] else {
            throw .notFound("No service registered with ID \"\(service)\"")
        }
        let id = "_service_maintenance:\(service)"
        if let reason {
            let report = ConsulCheckReport(
                id: id, name: "Service Maintenance Mode", status: .critical, output: reason,
                serviceID: service, serviceName: definition.name, serviceTags: definition.tags,
                type: "maintenance")
            put(Check(report: report, serial: nextSerial()))
        } else {
            checks[id] = nil
        }
        syncSoon()
    }

    /// The worst of the checks of a service and its node's, as the agent knows them.
    func status(of service: String) -> ConsulStatus {
        let all = checks.values.filter { $0.report.serviceID == service }.map(\.report.status)
        return all.contains(.critical)
            ? .critical : all.contains(.warning) ? .warning : .passing
    }
}
