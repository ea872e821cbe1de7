import Platform

/// What a run was and what it brought to light.
public struct SimulationReport: Sendable {
    /// The seed of everything that was drawn.
    public let seed: UInt64
    /// How ready jobs were picked.
    public let policy: SchedulingPolicy
    /// How the run ended.
    public let ending: Ending
    /// The hash of every step, jump in time, fault and note; equal runs have equal hashes.
    public let hash: UInt64
    /// The number of jobs that were run.
    public let stepCount: Int
    /// The number of steps at which more than one job was ready.
    public let choiceCount: Int
    /// The true virtual time at the end.
    public let virtualTime: Duration
    /// What was counted, in order of names.
    public let counters: [CounterTotal]
    /// The first ways out that were taken, each with its stacks.
    public internal(set) var escapes: [Escape]
    /// The number of ways out that were taken.
    public internal(set) var escapeCount: Int
    /// The first things that must hold and did not.
    public internal(set) var violations: [Violation]
    /// The number of things that must hold and did not.
    public internal(set) var violationCount: Int
    /// The hash every ``Checkpoint/interval`` steps, when asked for.
    public let checkpoints: [Checkpoint]
    /// The run's events, when asked for.
    public let trace: [TraceEvent]
    /// The number of jobs that crashes threw away.
    public let droppedJobCount: Int
    /// The tasks that had not ended, unless the run finished.
    public let unfinishedTasks: [UnfinishedTask]
    /// The number of tasks that could not be ended even after the verdict.
    public internal(set) var leakedTaskCount = 0

    /// Whether the run finished and nothing speaks against it.
    public var isClean: Bool { ending == .finished && escapeCount == 0 && violationCount == 0 }

    /// How often `name` was counted.
    public func count(_ name: String) -> Int {
        counters.first { $0.name == name }?.count ?? 0
    }
}

extension SimulationReport: CustomStringConvertible {
    public var description: String {
        var lines = [
            "seed \(seed) policy \(policy): \(ending) after \(stepCount) steps, "
                + "\(choiceCount) choices, \(virtualTime); hash \(String(hash, radix: 16))",
            "dropped jobs \(droppedJobCount), leaked tasks \(leakedTaskCount), "
                + "escapes \(escapeCount), violations \(violationCount)",
        ]
        lines += counters.map { "  \($0.name): \($0.count)" }
        lines += violations.map(\.description) + escapes.map(\.description)
        lines += unfinishedTasks.map(\.description)
        return lines.joined(separator: "\n")
    }
}
