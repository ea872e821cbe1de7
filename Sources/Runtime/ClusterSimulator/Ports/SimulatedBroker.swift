import MemoryAdapters
import Platform
import Ports

/// A broker of events on a server of its own: its queues outlive the nodes that use them.
///
/// Each fault counts as `fault: <name> …`. After each step it checks that no event was lost.
public final class SimulatedBroker: @unchecked Sendable {
    /// An event on its way to a consumer.
    struct Arrival: Sendable {
        let number: Int
        let delivery: BusDelivery
    }

    struct Consumer {
        let channel: SimulatedChannel<Arrival>
        let queue: QueueName
        let prefetchMaximum: Int
        /// What was handed out and not settled, in that order.
        var held: [Int] = []
    }

    struct Listener {
        let channel: SimulatedChannel<BusSignal>
        let topic: TopicName
    }

    /// How clients are treated now.
    public var weather = BrokerWeather.calm

    let name: String
    /// The name of the broken invariant when an accepted event is in no place or in two.
    let conservation: String
    unowned let simulation: Simulation
    var lines: [QueueName: EventLine] = [:]
    var consumers: [Int: Consumer] = [:]
    var listeners: [Int: Listener] = [:]
    /// Publications that wait for the end of a memory alarm, by the order in which they came.
    var blocked: [Int: Publication] = [:]
    var alarmUntil = Duration.zero
    /// What became of the events of queues that are no more.
    private var destroyed = BusCounts()
    /// Rises whenever all connections break.
    private(set) var epoch = 0
    private let bounds: EventLine.Bounds
    private var downUntil = Duration.zero
    private var cutOffUntil: [String: Duration] = [:]
    private var watchedNodes: Set<Int> = []
    private var lastNumber = 0

    /// A broker with these queues, to which others are added when they are consumed from.
    ///
    /// - Parameter conservation: the name of the invariant that is broken when an accepted event
    ///   is in no place or in two.
    public init(
        _ name: String, _ simulation: Simulation, queues: [QueueName] = [],
        bounds: EventLine.Bounds = EventLine.Bounds(), conservation: String = "queue conservation"
    ) {
        self.name = name
        self.conservation = conservation
        self.simulation = simulation
        self.bounds = bounds
        for queue in queues { declare(queue) }
    }

    /// The bus as `node` uses it.
    public func bus(for node: SimulatedNode) -> any EventBus {
        SimulatedBrokerClient(broker: self, node: node)
    }

    /// Makes a queue exist.
    public func declare(_ queue: QueueName) {
        if lines[queue] == nil { lines[queue] = EventLine(bounds) }
    }

    /// What became of the events of all queues.
    public var counts: BusCounts { lines.values.map(\.counts).reduce(destroyed, +) }

    /// What became of the events of one queue.
    public func counts(of queue: QueueName) -> BusCounts { lines[queue]?.counts ?? BusCounts() }

    /// The dead letters of one queue, in the order in which they died.
    public func deadLetters(of queue: QueueName) -> [DeadLetter] {
        lines[queue]?.deadLetters ?? []
    }

    /// Puts the dead letters of a queue at its end, as if they had never been handed out.
    @discardableResult
    public func replayDeadLetters(of queue: QueueName) -> Int {
        let numbers = lines[queue]?.reviveDeadLetters() ?? []
        for number in numbers { lines[queue]?.makeWait(number) }
        dispatch(queue)
        return numbers.count
    }

    /// Destroys all queues with what they hold.
    func destroyQueues() {
        for queue in lines.keys.sorted() { lines[queue]?.destroy() }
        destroyed = counts
        lines = [:]
    }

    /// A number that no channel or publication has had.
    func makeNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// The stream of chance for what happens to a node.
    func draws(for node: SimulatedNode) -> RandomStream { simulation.random(name, id: node.name) }

    /// Whether nothing of `node` is answered now.
    func isAway(from node: SimulatedNode) -> Bool {
        simulation.now < max(downUntil, cutOffUntil[node.name] ?? .zero)
    }

    /// Counts and records a fault.
    func noteFault(_ fault: String) {
        simulation.count("fault: \(name) \(fault)")
        simulation.record(.fault, "\(name) \(fault)")
    }

    /// Whether `isAway` begins to hold, for all nodes or for one.
    func setAway(_ node: SimulatedNode?, until moment: Duration) {
        if let node { cutOffUntil[node.name] = moment } else { downUntil = moment }
        if node == nil { epoch += 1 }
    }

    /// Answers everybody again.
    func endAbsence() {
        downUntil = .zero
        cutOffUntil = [:]
    }

    /// Sees to it that what a node held comes back when it dies.
    func watch(_ node: SimulatedNode) {
        guard watchedNodes.insert(node.number).inserted else { return }
        node.atCrash { [self] in
            let isHalfOpen = draws(for: node).chance(permille: weather.halfOpenPermille)
            if isHalfOpen { noteFault("half-open channel") }
            let delay = isHalfOpen ? BrokerWeather.heartbeat : .zero
            for number in numbers(of: node) { hangUp(number, after: delay) }
        }
    }
}
