/// What a run has brought to light so far.
struct Findings {
    /// The greatest number of each that is kept; more are counted only.
    static let violationCountMaximum = 100
    static let escapeCountMaximum = 16

    private(set) var violations: [Violation] = []
    private(set) var violationCount = 0
    private(set) var escapes: [Escape] = []
    private(set) var escapeCount = 0
    private(set) var trace = TraceRing()
    /// Arrows and calls that were numbered for the trace.
    private var travelCount = 0
    private var counts: [String: Int] = [:]
    var checkpoints: [Checkpoint] = []
    var droppedJobCount = 0

    /// The counters in order of their names, which does not depend on the order of counting.
    var counters: [CounterTotal] {
        counts.map { CounterTotal(name: $0.key, count: $0.value) }.sorted { $0.name < $1.name }
    }

    mutating func add(_ violation: Violation) {
        violationCount += 1
        if violations.count < Self.violationCountMaximum { violations.append(violation) }
    }

    /// Counts an escape; its report, which is dear, is made only while there is room.
    mutating func addEscape(_ makeEscape: () -> Escape) {
        escapeCount += 1
        if escapes.count < Self.escapeCountMaximum { escapes.append(makeEscape()) }
    }

    mutating func add(_ event: TraceEvent, keeping countMaximum: Int) {
        trace.add(event, keeping: countMaximum)
    }

    /// A number that no arrow and no call of the trace has had.
    mutating func makeTravelNumber() -> Int {
        travelCount += 1
        return travelCount
    }

    mutating func count(_ name: String, by number: Int) { counts[name, default: 0] += number }
}
