import Platform

extension Simulation {
    /// The run's events so far, when the options ask for them.
    public var trace: [TraceEvent] { findings.trace.events }

    /// Adds an event to the trace; the text is not built unless the options ask for a trace.
    public func record(
        _ kind: TraceEvent.Kind, node: SimulatedNode? = nil, _ text: @autoclosure () -> String
    ) {
        guard isRecording, options.recordsJobs || kind != .job else { return }
        let condition = kind == .fault ? node.flatMap(Self.condition) : nil
        add(kind, at: node?.name ?? "", life: node?.incarnation ?? 0, condition, text())
    }

    /// Whether the trace takes events now.
    var isRecording: Bool { options.recordsTrace && !isReaping }

    /// Adds an event that brings a server or the network into a condition.
    func record(
        _ condition: TraceCondition, at place: String, _ text: @autoclosure () -> String
    ) {
        guard isRecording else { return }
        add(.fault, at: place, life: 0, condition, text())
    }

    /// Adds a moment of something that travels, as seen from `node`.
    func record(
        _ kind: TraceEvent.Kind, node: SimulatedNode, _ travel: @autoclosure () -> TraceTravel,
        _ text: @autoclosure () -> String
    ) {
        guard isRecording else { return }
        add(kind, at: node.name, life: node.incarnation, .travel(travel()), text())
    }

    /// Adds a moment of something that travels, as seen from a server or a place without a node.
    func record(
        _ kind: TraceEvent.Kind, at place: String, _ travel: @autoclosure () -> TraceTravel,
        _ text: @autoclosure () -> String
    ) {
        guard isRecording else { return }
        add(kind, at: place, life: 0, .travel(travel()), text())
    }

    /// The number of an arrow or a call that begins now; 0 when none is recorded.
    func makeTravelNumber() -> Int { isRecording ? findings.makeTravelNumber() : 0 }

    /// A text for an event that comes later; nil, and not built, when none is recorded.
    func textForTrace(_ text: @autoclosure () -> String) -> String? {
        isRecording ? text() : nil
    }

    private func add(
        _ kind: TraceEvent.Kind, at place: String, life: Int, _ condition: TraceCondition?,
        _ text: String
    ) {
        add(kind, at: place, life: life, condition.map { .condition($0) } ?? .none, text)
    }

    private func add(
        _ kind: TraceEvent.Kind, at place: String, life: Int, _ detail: TraceEvent.Detail,
        _ text: String
    ) {
        findings.add(
            TraceEvent(
                ordinal: findings.trace.count, stepCount: stepCount, time: now, node: place,
                incarnation: life, lane: runningLane?.number, kind: kind, text: text,
                detail: detail),
            keeping: options.traceEventCountMaximum)
    }

    /// What a fault has made of a node; a fault of its clock leaves it as it was.
    private static func condition(of node: SimulatedNode) -> TraceCondition? {
        guard node.isUp else { return .crashed }
        return node.pauseEnd.map { .paused(until: .nanoseconds($0)) }
    }

    /// Puts a word into the run's hash.
    public func note(_ word: UInt64) {
        if !isReaping { hash.combine(word) }
    }

    /// Puts bytes into the run's hash.
    public func note(_ bytes: some Sequence<UInt8>) {
        guard !isReaping else { return }
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { bytes in
            hash.combine(UnsafeRawBufferPointer(bytes))
        }
        if isContiguous == nil {
            Array(bytes).withUnsafeBytes { hash.combine($0) }
        }
    }

    /// Puts a text into the run's hash.
    public func note(_ text: String) {
        if !isReaping { hash.combine(text) }
    }

    /// Counts that something was seen, so that a run in which it never is can be told.
    public func count(_ name: String, by number: Int = 1) {
        if !isReaping { findings.count(name, by: number) }
    }

    /// Reports that `invariant`, which must hold, does not; the run goes on.
    public func fail(_ invariant: String, _ detail: String) {
        guard !isReaping else { return }
        findings.add(Violation(invariant: invariant, detail: detail, place: place))
        record(.violation, node: runningNode, "\(invariant): \(detail)")
    }

    /// Reports work that left the simulation.
    func escape(_ kind: Escape.Kind, job: UnownedJob?) {
        guard phase == .running else { return }
        findings.addEscape { Escape(kind, at: place, job: job) }
        record(.escape, node: runningNode, "\(kind)")
    }

    /// Where the run is now.
    var place: Place {
        Place(seed: seed, stepCount: stepCount, time: now, lane: runningLane)
    }

    func makeReport(_ ending: Ending) -> SimulationReport {
        let strange = strangers.withLock { $0 }
        return SimulationReport(
            seed: seed, policy: policy, ending: ending, hash: hash.value, stepCount: stepCount,
            choiceCount: schedule.choiceCount, virtualTime: now, counters: findings.counters,
            escapes: findings.escapes + strange.escapes,
            escapeCount: findings.escapeCount + strange.jobs.count,
            violations: findings.violations, violationCount: findings.violationCount,
            checkpoints: findings.checkpoints, trace: findings.trace.events,
            droppedJobCount: findings.droppedJobCount,
            unfinishedTasks: ending == .finished ? [] : nodes.flatMap(\.unfinishedTasks))
    }
}
