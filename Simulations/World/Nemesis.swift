import ClusterSimulator
import Platform

/// Draws which faults a run has, and brings them about until it is told to stop.
final class Nemesis: @unchecked Sendable {
    /// A kind of fault that happens to machines or links now and then.
    enum Event: String, CaseIterable {
        case crash, pause, slow, gracefulStop, partition, clockStep, powerLoss, registryDown
        case mailDown, databaseDown, brokerDown, brokerRestart, brokerAlarm, brokenChannels
        case cacheDown, cacheFailOver, cacheRestart
        case consulLeaderKilled, consulQuorumLost, consulAgentKilled, consulAgentForgets
        case consulAgentSlow, consulAgentCut, consulIndexBack, consulSpuriousWake
        case consulReplicasBehind
    }

    let cluster: SimulatedCluster
    private let adversity: Adversity
    private let draws: RandomStream
    private let events: [Event]
    private var isActive = true
    /// The step before which the next crash comes: time stands still while jobs are ready, so a
    /// timer alone would only hit nodes at rest.
    private var crashStep = Int.max

    private var simulation: Simulation { cluster.simulation }

    init(_ cluster: SimulatedCluster, _ adversity: Adversity = Adversity()) {
        self.cluster = cluster
        self.adversity = adversity
        draws = cluster.simulation.random("nemesis")
        let kinds = cluster.simulation.random("which faults")
        events = Event.allCases.filter { event in
            kinds.chance(permille: adversity.eventPermille) && adversity.events.contains(event)
                || adversity.alwaysEvents.contains(event)
        }
        if adversity.hasWeather { drawWeather(kinds) }
        if adversity.hasStreams { drawStreamWeather(kinds) }
    }

    /// Begins to bring about what was drawn.
    func begin() {
        cluster.load.noteFaults(true)
        if events.contains(.crash) {
            aimCrash()
            simulation.beforeStep = { [self] step in
                if step >= crashStep { crash() }
            }
        }
        for event in events where event != .crash { schedule(event) }
    }

    /// Ends all faults and brings everything back.
    func heal() {
        isActive = false
        cluster.load.noteFaults(false)
        simulation.beforeStep = nil
        cluster.network.weather = .calm
        cluster.network.streamWeather = StreamWeather()
        cluster.network.heal()
        cluster.uploadCutPermille = 0
        cluster.consul.heal()
        cluster.routing.disturbed()
        for database in cluster.databases.values { database.heal() }
        cluster.files.heal()
        cluster.post.heal()
        cluster.broker.heal()
        cluster.cache.heal()
        for machine in cluster.machines {
            machine.node?.slow(by: .zero)
            cluster.boot(machine)
        }
    }

    private func aimCrash() {
        crashStep = simulation.stepCount + 200 + draws.below(adversity.crashSpan)
    }

    private func crash() {
        aimCrash()
        let machine = anyMachine()
        guard let node = machine.node, node.isUp else { return }
        node.crash()
        restart(machine, after: draws.duration(in: .milliseconds(20)...adversity.restartDelay))
    }

    private func restart(_ machine: SimulatedCluster.Machine, after delay: Duration) {
        simulation.after(delay) { [self] in
            cluster.boot(machine)
            simulation.count("sometimes: restarted")
        }
    }

    private func schedule(_ event: Event) {
        let delay = draws.duration(in: .milliseconds(100)...adversity.pace)
        simulation.after(delay) { [self] in
            guard isActive else { return }
            bringAbout(event)
            schedule(event)
        }
    }

    private func bringAbout(_ event: Event) {
        let duration = draws.duration(in: .milliseconds(50)...Duration.seconds(5))
        let machine = anyMachine()
        switch event {
        case .crash: break
        case .pause:
            let pause = duration * adversity.pauseFactor
            machine.node?.pause(for: pause)
            cluster.routing.disturbed(for: pause)
        case .slow:
            cluster.routing.disturbed(for: duration)
            machine.node?.slow(by: draws.duration(in: .microseconds(50)...Duration.milliseconds(3)))
            simulation.after(duration) { machine.node?.slow(by: .zero) }
        case .gracefulStop:
            cluster.stopGracefully(machine)
            restart(machine, after: .seconds(1) + duration)
        case .partition: partition(machine, for: duration)
        case .clockStep:
            machine.node?.stepClock(by: .milliseconds(draws.below(4000) - 2000))
        case .powerLoss: cluster.files.losePower(for: duration / 4)
        case .registryDown:
            troubleConsul(for: duration) {
                $0.goDown()
            } undo: {
                $0.heal()
            }
        case .mailDown: cluster.post.goDown(for: duration)
        case .databaseDown: anyDatabase().goDown(for: duration / 4)
        case .brokerDown: cluster.broker.goDown(for: duration)
        case .brokerRestart: cluster.broker.restart()
        case .brokerAlarm: cluster.broker.raiseAlarm(for: duration)
        case .brokenChannels: machine.node.map(cluster.broker.breakChannels)
        case .cacheDown: cluster.cache.goDown(for: duration)
        case .cacheFailOver: cluster.cache.failOver()
        case .cacheRestart: cluster.cache.restart()
        default: troubleConsul(event, for: duration)
        }
    }

    private func troubleConsul(_ event: Event, for duration: Duration) {
        let agent = SimulatedCluster.agents[draws.below(SimulatedCluster.agents.count)]
        switch event {
        case .consulLeaderKilled:
            troubleConsul(for: duration) {
                $0.killLeader()
            } undo: { _ in
            }
        case .consulQuorumLost:
            troubleConsul(for: duration) {
                $0.loseQuorum()
            } undo: {
                $0.restoreQuorum()
            }
        case .consulAgentKilled:
            troubleConsul(for: duration) {
                $0.killAgent(agent)
            } undo: {
                $0.restartAgent(agent)
            }
        case .consulAgentForgets:
            troubleConsul(for: .zero) {
                $0.restartAgent(agent, forgetting: true)
            } undo: { _ in
            }
        case .consulAgentSlow:
            troubleConsul(for: duration) {
                $0.slowAgent(agent, by: duration / 5)
            } undo: {
                $0.slowAgent(agent, by: .zero)
            }
        case .consulAgentCut:
            troubleConsul(for: duration) {
                $0.cutAgent(agent)
            } undo: {
                $0.cutAgent(agent, false)
            }
        case .consulIndexBack:
            troubleConsul(for: duration) {
                $0.takeSnapshot()
            } undo: {
                $0.restoreSnapshot()
            }
        case .consulSpuriousWake:
            troubleConsul(for: .zero) {
                $0.wakeSpuriously()
            } undo: { _ in
            }
        case .consulReplicasBehind:
            troubleConsul(for: duration) {
                $0.freezeReplicas()
            } undo: {
                $0.freezeReplicas(false)
            }
        default: preconditionFailure("\(event) is no trouble of Consul")
        }
    }

    /// Brings trouble to Consul for a while.
    private func troubleConsul(
        for duration: Duration, _ trouble: (SimulatedConsul) -> Void,
        undo: @escaping (SimulatedConsul) -> Void
    ) {
        let consul = cluster.consul
        trouble(consul)
        // An election, and what has to be said again.
        cluster.routing.disturbed(for: duration + .seconds(150))
        simulation.after(duration) { [self] in
            if isActive { undo(consul) }
        }
    }

    private func partition(_ machine: SimulatedCluster.Machine, for duration: Duration) {
        let others = cluster.machines.map(\.name) + SimulatedCluster.agents
        let cutsOut = draws.chance(permille: 700)
        if cutsOut { cluster.network.cut(from: [machine.name], to: others) }
        if !cutsOut || draws.chance(permille: 500) {
            cluster.network.cut(from: others, to: [machine.name])
        }
        cluster.routing.disturbed(for: duration + .seconds(60))
        simulation.after(duration) { [self] in cluster.network.heal() }
    }

    private func anyMachine() -> SimulatedCluster.Machine {
        cluster.machines[draws.below(cluster.machines.count)]
    }

    private func anyDatabase() -> SimulatedDatabase {
        let sorted = cluster.databases.sorted { $0.key.text < $1.key.text }
        return sorted[draws.below(sorted.count)].value
    }
}
