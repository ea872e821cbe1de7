import Platform

extension Simulation {
    /// The run's events so far, when the options ask for them.
    public var trace: [TraceEvent] { findings.trace }

    /// Adds an event to the trace; the text is not built unless the options ask for a trace.
    public func record(
        _ kind: TraceEvent.Kind, node: SimulatedNode? = nil, _ text: @autoclosure () -> String
    ) {
        guard options.recordsTrace, !isReaping else { return }
        findings.add(
            TraceEvent(
                stepCount: stepCount, time: now, node: node?.name ?? "",
                incarnation: node?.incarnation ?? 0, lane: runningLane?.number, kind: kind,
                text: text()))
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
            checkpoints: findings.checkpoints, trace: findings.trace,
            droppedJobCount: findings.droppedJobCount,
            unfinishedTasks: ending == .finished ? [] : nodes.flatMap(\.unfinishedTasks))
    }
}
