import Platform

/// What is known when a cluster was broken, healed and judged.
public struct ChaosReport: Sendable {
    /// How long the system took after the faults.
    public struct Recovery: Sendable, Codable, Hashable {
        /// Until every machine ran and the registry passed all; nil when it never did.
        public var registryMilliseconds: Int64?
        /// Until every service answered through the gateway.
        public var servedMilliseconds: Int64?
        /// Until everybody had finished what they had begun.
        public var finishedMilliseconds: Int64?

        /// Nothing is known yet.
        public init() {}
    }

    /// Of what the plan was drawn.
    public var seed: UInt64
    /// How long the faults lasted.
    public var stormSeconds: Int64
    /// What was done.
    public var tally = ChaosTally()
    /// What went over HTTP.
    public var traffic = WriteMeter.Counts()
    /// How long it took after the faults.
    public var recovery = Recovery()
    /// Trials that were judged, and that ended early by something that people meet in life too.
    public private(set) var judgedCount = 0
    public private(set) var abandonedCount = 0
    /// What happened that the invariants are about, how often.
    public private(set) var occurrences: [String: Int] = [:]
    /// All that is broken, by its invariant.
    public private(set) var broken: [String: [String]] = [:]

    private var findings: [Finding] {
        broken.sorted { $0.key < $1.key }.flatMap { name, details in
            details.map { Finding(name, $0) }
        }
    }

    /// A report on a run that has just begun.
    public init(seed: UInt64, stormSeconds: Int64) {
        self.seed = seed
        self.stormSeconds = stormSeconds
    }

    /// Adds what became of a trial.
    public mutating func add(_ verdict: TrialVerdict) {
        if verdict.isAbandoned { abandonedCount += 1 } else { judgedCount += 1 }
        for (name, times) in verdict.occurrences { count(name, by: times) }
        add(verdict.findings)
    }

    /// Adds what is broken.
    public mutating func add(_ findings: [Finding]) {
        for finding in findings { broken[finding.invariant, default: []].append(finding.detail) }
    }

    /// The system did not serve again.
    public mutating func addUnrecovered(_ detail: String) {
        add([Finding(Invariant.inTheEnd(Invariant.recovered), detail)])
    }

    /// Counts what happened that invariants are about.
    public mutating func count(_ name: String, by times: Int) {
        occurrences[name, default: 0] += times
    }

    /// Writes that were acknowledged and are not there.
    public var lostCount: Int { broken[Invariant.noLoss]?.count ?? 0 }

    /// What is known of each invariant.
    public var standings: [InvariantStanding] { InvariantStanding.all(findings, occurrences) }

    /// What had to happen and did not, so that nothing is known about it.
    public var neverSeen: [String] {
        let trials = Occurrence.required
            .filter { occurrences[$0] ?? 0 == 0 }
        let faults = ChaosFault.Kind.allCases.filter { tally.count(of: $0) == 0 }
            .map { "fault: \($0.rawValue)" }
        let kills = tally.kills.contains(where: \.isUnderLoad) ? [] : ["kill under load"]
        return trials + faults + kills
    }

    /// 0 when all held; 1 when something is broken; 5 when something was never seen.
    public var exitCode: Int32 {
        if !broken.isEmpty { return 1 }
        return neverSeen.isEmpty ? 0 : 5
    }
}
