import Platform

/// One life of a process in a simulation: what it runs, what it waits for, and its fate.
public final class SimulatedNode: @unchecked Sendable {
    /// The run that the node is part of; whoever keeps a node keeps its simulation too.
    public unowned let simulation: Simulation
    /// The node's name; several lives can share it.
    public let name: String
    /// Which life this is, from 1.
    public let incarnation: Int
    /// Whether the process lives; a crash ends it for good.
    public internal(set) var isUp = true

    let number: Int
    var localTime: LocalTime
    /// How long each job waits for the processor.
    var slowness = Duration.zero
    /// The true time at which a pause ends, in nanoseconds; nil outside a pause.
    var pauseEnd: Int64?
    /// Jobs that became ready in a pause.
    var held: [ReadyJob] = []
    /// Jobs that will not run before the verdict.
    var buried: [ReadyJob] = []
    /// Whether ready jobs go straight into the schedule.
    private(set) var isUndisturbed = true
    var waits = WaitTable()
    var tasks: [Int: (task: Task<Void, Never>, name: String)] = [:]
    var crashEvents: [() -> Void] = []
    var offloadCount = 0
    private var randomStreams: [RandomPurpose: RandomStream] = [:]

    init(
        _ simulation: Simulation, name: String, incarnation: Int, number: Int, clock: ClockFault
    ) {
        self.simulation = simulation
        self.name = name
        self.incarnation = incarnation
        self.number = number
        localTime = LocalTime(clock, bornAt: simulation.nowNanoseconds)
    }

    /// What the node's code is given for time, chance, tasks and blocking work.
    public var platform: Platform {
        Platform(
            clock: SimulatedClock(node: self), random: SimulatedRandom(node: self),
            tasks: SimulatedTasks(node: self), offload: SimulatedOffload(node: self))
    }

    /// Whether the node is paused now.
    public var isPaused: Bool { pauseEnd != nil }

    /// The node's stream of chance for a purpose.
    func random(_ purpose: RandomPurpose) -> RandomStream {
        if let stream = randomStreams[purpose] { return stream }
        let stream = simulation.streams.stream(
            .init(node: name, purpose: purpose.name, id: "life \(incarnation)"))
        randomStreams[purpose] = stream
        return stream
    }

    /// Keeps the schedule's short cut true after a change of fate.
    func updateDisturbance() { isUndisturbed = isUp && !isPaused && slowness == .zero }

    /// Reports a use of the node's ports by another node's code.
    func checkUser(of port: String) {
        guard let user = simulation.runningNode, user !== self, user !== simulation.world
        else { return }
        simulation.fail(
            Violation.wrongNode, "\(user.name) used the \(port) of \(name)")
    }
}
