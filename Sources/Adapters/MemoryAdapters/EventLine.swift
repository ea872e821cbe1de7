import Ports

/// The events of one queue as a plain value: who guards it hands them out.
///
/// An event rests, waits, is held by a consumer, or is a dead letter; its number names it until
/// it is settled.
public struct EventLine: Sendable {
    /// How much a queue keeps.
    public struct Bounds: Hashable, Sendable {
        /// Events, dead letters included.
        public var countMaximum = BusLimits.queueCountMaximum
        /// Bytes of payloads, dead letters included.
        public var byteCountMaximum = BusLimits.queueByteCountMaximum
        /// Deliveries after which an event is a dead letter.
        public var deliveryCountMaximum = BusLimits.deliveryCountMaximum

        /// The bounds that every bus keeps.
        public init() {}
    }

    enum State {
        case resting, held
        case waiting(ticket: Int)
    }

    struct Entry {
        let event: BusEvent
        var deliveryCount = 0
        /// Why it was a dead letter before it was replayed.
        var deathReason: String?
        var state = State.resting
    }

    /// Events that nobody will take, in the order in which they died.
    public internal(set) var deadLetters: [DeadLetter] = []

    let bounds: Bounds
    var entries: [Int: Entry] = [:]
    var waiting = WaitingLine<Int>()
    private var nextNumber = 0
    var byteCount = 0
    var heldCount = 0
    var totals = BusCounts()

    /// An empty queue.
    public init(_ bounds: Bounds = Bounds()) { self.bounds = bounds }

    /// What became of all its events.
    public var counts: BusCounts {
        var counts = totals
        counts.inFlight = heldCount
        counts.queued = entries.count - heldCount
        counts.deadLettered = deadLetters.count
        return counts
    }

    /// Whether no event waits.
    public var isIdle: Bool { waiting.count == 0 }

    /// How often an event was handed out; 0 for one that is settled.
    public func deliveryCount(of number: Int) -> Int { entries[number]?.deliveryCount ?? 0 }

    /// Whether a consumer holds the event.
    public func isHeld(_ number: Int) -> Bool {
        if case .held = entries[number]?.state { true } else { false }
    }

    /// Accepts an event, which rests.
    public mutating func admit(_ event: BusEvent) throws(BusError) -> Int {
        guard entries.count + deadLetters.count < bounds.countMaximum,
            byteCount + event.payload.count <= bounds.byteCountMaximum
        else { throw .full }
        byteCount += event.payload.count
        totals.published += 1
        return add(Entry(event: event))
    }

    /// Makes a resting or held event wait, behind the others or before them.
    public mutating func makeWait(_ number: Int, atFront: Bool = false) {
        makeRest(number)
        guard entries[number] != nil else { return }
        let ticket = atFront ? waiting.prepend(number) : waiting.append(number)
        entries[number]?.state = .waiting(ticket: ticket)
    }

    /// Makes a waiting or held event rest.
    public mutating func makeRest(_ number: Int) {
        switch entries[number]?.state {
        case .waiting(let ticket): waiting.remove(ticket)
        case .held: heldCount -= 1
        case .resting, nil: return
        }
        entries[number]?.state = .resting
    }

    /// Hands out the first event that waits.
    public mutating func takeFirst() -> (number: Int, delivery: BusDelivery)? {
        guard let number = waiting.popFirst(), var entry = entries[number] else { return nil }
        let isRedelivered = entry.deliveryCount > 0 || entry.deathReason != nil
        entry.deliveryCount += 1
        entry.state = .held
        heldCount += 1
        entries[number] = entry
        let delivery = BusDelivery(
            event: entry.event, isRedelivered: isRedelivered, deliveryCount: entry.deliveryCount)
        return (number, delivery)
    }

    /// Gives an event its number.
    mutating func add(_ entry: Entry) -> Int {
        nextNumber += 1
        entries[nextNumber] = entry
        return nextNumber
    }

    /// Forgets an event, wherever it is.
    mutating func remove(_ number: Int) -> Entry? {
        makeRest(number)
        return entries.removeValue(forKey: number)
    }
}
