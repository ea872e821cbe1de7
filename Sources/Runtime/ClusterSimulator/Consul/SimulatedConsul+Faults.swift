import Platform

extension SimulatedConsul {
    /// Kills the leader: nobody leads for 3.05 s, blocked queries break off within 10 ms, and
    /// sessions live from the start of the next one.
    public func killLeader() {
        noteFault("leader killed")
        let wasLed = hasLeader
        leadership.vacancyEnd = simulation.now + ConsulLeadership.electionDuration
        if wasLed { leadership.vacancyStart = simulation.now }
        let draws = simulation.random("consul", id: "servers")
        breakQueries { $0.consistency != .stale || draws.chance(permille: 333) }
        simulation.at(leadership.vacancyEnd) { [self] in beginTerm() }
    }

    /// Ends the majority of the servers: nothing is written, only stale reads are answered.
    public func loseQuorum() {
        guard leadership.hasQuorum else { return }
        noteFault("quorum lost")
        if hasLeader { leadership.vacancyStart = simulation.now }
        leadership.hasQuorum = false
        breakQueries { $0.consistency != .stale }
    }

    /// Brings the majority back; a leader is elected in 3.05 s.
    public func restoreQuorum() {
        guard !leadership.hasQuorum else { return }
        leadership.hasQuorum = true
        simulation.record(.fault, "consul quorum restored")
        elect()
    }

    /// Ends all servers; agents live on.
    public func goDown() {
        guard !isDown else { return }
        noteFault("down")
        if hasLeader { leadership.vacancyStart = simulation.now }
        leadership.isDown = true
        breakQueries { _ in true }
    }

    /// Kills an agent; what is registered with it stays on its disk.
    public func killAgent(_ name: String) {
        noteFault("agent killed", name)
        agents[name]?.kill()
    }

    /// Starts a killed agent on its disk or, as if it had a new one, without any memory.
    public func restartAgent(_ name: String, forgetting: Bool = false) {
        noteFault(forgetting ? "agent restarted without memory" : "agent restarted", name)
        agents[name]?.restart(forgetting: forgetting)
    }

    /// Delays every answer of an agent by so long; zero makes it fast again.
    public func slowAgent(_ name: String, by duration: Duration) {
        if duration > .zero { noteFault("agent slow", name) }
        agents[name]?.slowness = duration
    }

    /// Cuts an agent off from all servers, or joins them again. Its clients still reach it.
    public func cutAgent(_ name: String, _ isCut: Bool = true) {
        if isCut { noteFault("agent cut off", name) }
        agents[name]?.cutOff(isCut)
    }

    /// Removes an instance from the catalogue by hand, wherever it is; its agent brings it back.
    public func removeFromCatalogue(instance: String) {
        guard hasLeader else { return }
        noteFault("catalogue entry removed", instance)
        for key in catalogue.services.keys.sorted() where key.id == instance {
            removeFromCatalogue(node: key.node, service: key.id, check: nil)
        }
    }

    /// Remembers what the servers agree on now, for ``restoreSnapshot()``.
    public func takeSnapshot() { snapshot = catalogue }

    /// Puts the servers back to the last snapshot, or to nothing: indices go back, and what the
    /// agents know comes again by anti-entropy.
    public func restoreSnapshot() {
        noteFault("index went back")
        catalogue = snapshot ?? ConsulCatalogue()
        replica = ConsulReplica(previous: catalogue)
        sessionEnds = [:]
        restartSessionTimers()
        for (_, agent) in agents.sorted(by: { $0.key < $1.key }) {
            recordLife(of: agent)
            agent.setFullSync()
        }
        wakeAllQueries()
    }

    /// Answers all blocked queries although nothing changed.
    public func wakeSpuriously() {
        noteFault("spurious wake")
        wakeAllQueries()
    }

    /// Lets all servers but the leader hear of no change, or of all again: stale reads are old.
    public func freezeReplicas(_ isFrozen: Bool = true) {
        guard isFrozen != (replica.frozen != nil) else { return }
        if isFrozen { noteFault("replicas behind") }
        replica.frozen = isFrozen ? catalogue : nil
        replica.frozenSince = simulation.now
        if !isFrozen { wakeAllQueries() }
    }

    /// Ends all faults: servers run, agents run on their disks, reach the servers and are fast.
    public func heal() {
        freezeReplicas(false)
        let wasUnable = isDown || !leadership.hasQuorum
        leadership.isDown = false
        leadership.hasQuorum = true
        simulation.record(.fault, "consul heals")
        for (_, agent) in agents.sorted(by: { $0.key < $1.key }) {
            agent.slowness = .zero
            agent.cutOff(false)
            agent.restart(forgetting: false)
        }
        if wasUnable { elect() }
    }

    /// Removes entries of the catalogue; the node's agent, if it lives, brings them back.
    func removeFromCatalogue(node: String, service: String?, check: String?) {
        change { catalogue in
            if let service {
                catalogue.removeService(ConsulKey(node: node, id: service))
            } else if let check {
                catalogue.removeCheck(ConsulKey(node: node, id: check))
            } else {
                catalogue.removeNode(node)
            }
        }
        agents[node]?.setFullSync()
    }

    private func elect() {
        leadership.vacancyEnd = simulation.now + ConsulLeadership.electionDuration
        simulation.at(leadership.vacancyEnd) { [self] in beginTerm() }
    }

    private func noteFault(_ fault: String, _ whom: String = "") {
        simulation.note("consul \(fault)")
        simulation.note(whom)
        simulation.count("fault: consul \(fault)")
        simulation.record(.fault, "consul \(fault) \(whom)")
    }
}
