import Platform

extension ConsulAgent {
    /// How long a change takes to the servers.
    static let syncDelay: ClosedRange<Duration> = .microseconds(500)...Duration.microseconds(1500)
    /// How long a failed synchronisation rests.
    static let retryDelay: ClosedRange<Duration> = .seconds(15)...Duration.seconds(30)
    /// How long it is from any moment to the next full comparison with the catalogue.
    static let fullSyncDelay: ClosedRange<Duration> = .zero...Duration.seconds(120)
    /// How long after servers were found again the agent compares.
    static let reunionDelay: ClosedRange<Duration> = .zero...Duration.seconds(3)

    /// Tells the servers of a change.
    func syncSoon() {
        guard !isSyncSet else { return }
        isSyncSet = true
        after(draws.duration(in: Self.syncDelay)) { agent in
            agent.isSyncSet = false
            agent.sync()
        }
    }

    /// Compares with the catalogue some time, as every agent does every one to two minutes. Only
    /// a comparison that would find something needs an event.
    func setFullSync(in range: ClosedRange<Duration> = fullSyncDelay) {
        guard isUp else { return }
        let moment = simulation.now + draws.duration(in: range)
        guard moment < fullSyncMoment ?? .seconds(Int64.max) else { return }
        fullSyncMoment = moment
        after(moment - simulation.now) { agent in
            guard agent.fullSyncMoment == moment else { return }
            agent.fullSyncMoment = nil
            agent.simulation.count("consul: anti-entropy")
            agent.sync()
        }
    }

    /// Makes the catalogue say of this agent's node what the agent knows.
    func sync() {
        guard isUp else { return }
        consul.whenLed(self, mayFailAtOnce: false) { [self] failure in
            guard isUp else { return }
            guard failure == nil else { return retry() }
            push()
        }
    }

    private func retry() {
        guard !isRetrySet else { return }
        isRetrySet = true
        after(draws.duration(in: Self.retryDelay)) { agent in
            agent.isRetrySet = false
            agent.sync()
        }
    }

    private func push() {
        let (name, services, checks, repeated) = (name, services, checks, repeatedChecks)
        repeatedChecks = []
        consul.change { catalogue in
            catalogue.putNode(name)
            for key in catalogue.services.keys.sorted()
            where key.node == name && services[key.id] == nil {
                catalogue.removeService(key)
            }
            for key in catalogue.checks.keys.sorted()
            where key.node == name && checks[key.id] == nil
                && key.id != ConsulCheckReport.nodeHealthID
            {
                catalogue.removeCheck(key)
            }
            for (_, service) in services.sorted(by: { $0.key < $1.key }) {
                catalogue.putService(service, on: name)
            }
            for (id, check) in checks.sorted(by: { $0.key < $1.key }) {
                let known = catalogue.checks[ConsulKey(node: name, id: id)]?.report
                // What only says more is not worth a write, but goes along with what is; the tags
                // are the service's.
                var quiet = known
                quiet?.output = check.report.output
                quiet?.serviceTags = check.report.serviceTags
                if quiet != check.report || (repeated.contains(id) && known != check.report) {
                    catalogue.putCheck(check.report, on: name)
                } else if repeated.contains(id) {
                    catalogue.repeatCheck(check.report)
                }
            }
        }
        let ownCheck = ConsulKey(node: name, id: ConsulCheckReport.nodeHealthID)
        if consul.catalogue.checks[ownCheck] == nil { consul.recordLife(of: self) }
    }
}
