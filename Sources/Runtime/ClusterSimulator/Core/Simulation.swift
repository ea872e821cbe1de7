import CSimulator
import Platform
import Synchronization

/// One seeded run of several nodes on one thread, in virtual time.
///
/// All jobs of all nodes wait in one list; each step takes one of them by the policy and runs it.
/// Time stands still while any job is ready. Nodes meet only through the simulator's ports, whose
/// deliveries are plain events between two jobs.
public final class Simulation: @unchecked Sendable {
    enum Phase { case building, running, reaping, ended }

    /// What the run was started with.
    public let options: SimulationOptions
    /// How ready jobs are picked: as asked for, or as drawn from the seed.
    public let policy: SchedulingPolicy
    /// The streams of chance of the run.
    public let streams: RandomStreams
    /// The number of steps so far: jobs that were run before the verdict.
    public internal(set) var stepCount = 0
    /// Called before each step with its number, to set off faults between two jobs.
    public var beforeStep: ((Int) -> Void)?
    /// Whose lane the run's main function runs on: no node of the system under test.
    public var world: SimulatedNode {
        guard let madeWorld else { preconditionFailure("the world is made with the simulation") }
        return madeWorld
    }

    private var madeWorld: SimulatedNode?

    var schedule: Schedule
    var events = EventQueue()
    var hash = StableHash()
    var nowNanoseconds: Int64 = 0
    var phase = Phase.building
    var runningLane: Lane?
    var nodes: [SimulatedNode] = []
    var isMainFinished = false
    var eventCount = 0
    /// Every job that was run, the reaper's too.
    var jobCount = 0
    var findings = Findings()
    let progress = Atomic<Int>(0)
    let strangers = Mutex(ForeignMail())
    private var laneCount = 0
    private var lifeCounts: [String: Int] = [:]

    /// A run that has not begun; nodes can be made and started at once.
    public init(_ options: SimulationOptions) {
        self.options = options
        streams = RandomStreams(seed: options.seed)
        func seed(_ purpose: String) -> UInt64 {
            RandomStreams.seed(options.seed, of: .init(node: "", purpose: purpose, id: ""))
        }
        var generator = SplitMix64(seed: seed("policy"))
        policy = options.policy ?? .drawn(from: &generator)
        schedule = Schedule(
            policy: policy, stepCountExpected: options.stepCountExpected, seed: seed("schedule"))
        madeWorld = makeNode("world")
    }

    /// The seed of everything that is drawn.
    public var seed: UInt64 { options.seed }

    /// The true virtual time since the run began.
    public var now: Duration { .nanoseconds(nowNanoseconds) }

    /// The simulation that runs on this thread, if one does.
    public static var current: Simulation? {
        csimulator_current().map { Unmanaged<Simulation>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The node whose job runs now; nil between two jobs.
    public var runningNode: SimulatedNode? { runningLane?.node }

    /// Whether the verdict is fixed and what is left is being ended; nothing counts any more.
    public var isReaping: Bool { phase == .reaping }

    /// Makes one life of a process: a restart makes another node of the same name.
    ///
    /// The new life's ``SimulatedNode/incarnation`` is higher. What outlives a process, a disk
    /// for one, is kept outside the node.
    public func makeNode(_ name: String, clock: ClockFault = .none) -> SimulatedNode {
        let incarnation = lifeCounts[name, default: 0] + 1
        lifeCounts[name] = incarnation
        let node = SimulatedNode(
            self, name: name, incarnation: incarnation, number: nodes.count, clock: clock)
        nodes.append(node)
        return node
    }

    /// The stream of the simulator's own draws for a purpose; `id` tells several alike apart.
    public func random(_ purpose: String, id: String = "") -> RandomStream {
        streams.stream(.init(node: "", purpose: purpose, id: id))
    }

    func makeLane(_ node: SimulatedNode, _ name: String) -> Lane {
        let lane = Lane(self, node, number: laneCount, name: name)
        laneCount += 1
        lane.priority = schedule.drawPriority()
        return lane
    }

    /// Lets go of everything, so that no circle of references outlives the run.
    func release() {
        for node in nodes { node.release() }
        nodes = []
        events = EventQueue()
        _ = schedule.removeAll { _ in true }
        strangers.withLock { $0 = ForeignMail() }
        beforeStep = nil
        phase = .ended
    }
}
