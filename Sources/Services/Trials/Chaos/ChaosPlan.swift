import Platform

/// What happens to a cluster, as a seed decides it: the same seed and machines, the same plan.
///
/// Every way to break something comes once in each round, in an order by chance, so that a run
/// that lasts for two rounds has seen all.
public struct ChaosPlan: Sendable {
    /// Whom something may happen to.
    public struct Machines: Hashable, Sendable {
        /// The services' instances, such as `DraftService/1`.
        public var instances: [String]
        /// The backing servers.
        public var servers: [String]
        /// What stands before all, on the host's own network.
        public var gateway: String

        /// Names the machines of a cluster.
        public init(instances: [String], servers: [String], gateway: String) {
            self.instances = instances.sorted()
            self.servers = servers.sorted()
            self.gateway = gateway
        }
    }

    /// What is broken at one time.
    public struct Step: Hashable, Sendable {
        /// One fault, or two at once.
        public let faults: [ChaosFault]
        /// How long it lasts.
        public let lasts: Duration
        /// How long nothing is broken afterwards.
        public let rest: Duration
    }

    private enum Trick: CaseIterable {
        case killInstance, killAnotherInstance, killServer, killGateway
        case restartInstance, restartServer, pauseInstance, pauseServer
        case cutInstanceFromServer, cutInstances, isolateInstance, isolateServer
    }

    /// How long most faults last.
    static let usualLength: ClosedRange<Duration> = .seconds(1)...Duration.seconds(7)
    /// How long some last: longer than the registry's time to live, which is 6 s.
    static let greatLength: ClosedRange<Duration> = .seconds(9)...Duration.seconds(16)
    static let restLength: ClosedRange<Duration> = .seconds(1)...Duration.seconds(5)
    /// Of a hundred faults, those that last long; and those that do not come alone.
    static let greatPercent = 25
    static let secondPercent = 30

    private let machines: Machines
    private var chance: SeededChance
    private var bag: [Trick] = []

    /// A plan for some machines.
    public init(seed: UInt64, for machines: Machines) {
        precondition(machines.instances.count > 1 && machines.servers.count > 1, "a cluster")
        self.machines = machines
        chance = SeededChance(seed: seed)
    }

    /// What happens next; it never ends.
    public mutating func next() -> Step {
        var faults = [fault(trick())]
        if chance.chance(percent: Self.secondPercent) {
            let other = fault(trick())
            // Nothing is known of what is done twice to one machine.
            if other.machine != faults[0].machine { faults.append(other) }
        }
        let isGreat = chance.chance(percent: Self.greatPercent)
        return Step(
            faults: faults,
            lasts: chance.duration(in: isGreat ? Self.greatLength : Self.usualLength),
            rest: chance.duration(in: Self.restLength))
    }

    private mutating func trick() -> Trick {
        if bag.isEmpty { bag = chance.shuffled(Trick.allCases) }
        return bag.removeLast()
    }

    private mutating func fault(_ trick: Trick) -> ChaosFault {
        let (instance, server) = (chance.pick(machines.instances), chance.pick(machines.servers))
        switch trick {
        case .killInstance, .killAnotherInstance: return ChaosFault(.kill, instance)
        case .killServer: return ChaosFault(.kill, server)
        case .killGateway: return ChaosFault(.kill, machines.gateway)
        case .restartInstance: return ChaosFault(.restart, instance)
        case .restartServer: return ChaosFault(.restart, server)
        case .pauseInstance: return ChaosFault(.pause, instance)
        case .pauseServer: return ChaosFault(.pause, server)
        case .cutInstanceFromServer: return ChaosFault(.cut, instance, from: server)
        case .cutInstances:
            let others = machines.instances.filter { $0 != instance }
            return ChaosFault(.cut, instance, from: chance.pick(others))
        case .isolateInstance: return ChaosFault(.cut, instance)
        case .isolateServer: return ChaosFault(.cut, server)
        }
    }
}
