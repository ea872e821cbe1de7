import Platform

/// What the runs of a sweep saw, added up.
public struct Tally: Sendable {
    /// What one number did over all seeds.
    public struct Series: Sendable, Hashable {
        var values: [Int: Int] = [:]
        /// Seeds in which it was not zero.
        public private(set) var seedCount = 0
        /// The sum over all seeds.
        public private(set) var total = 0

        mutating func add(_ value: Int) {
            values[value, default: 0] += 1
            total += value
            if value != 0 { seedCount += 1 }
        }

        /// The middle value, when `seedCount` seeds were run; seeds that never counted are zero.
        public func median(of seedCount: Int) -> Int {
            let zeros = seedCount - values.values.reduce(0, +)
            var rest = seedCount / 2 - zeros
            if rest < 0 { return 0 }
            for (value, count) in values.sorted(by: { $0.key < $1.key }) {
                rest -= count
                if rest < 0 { return value }
            }
            return 0
        }
    }

    /// Seeds that were run.
    public private(set) var seedCount = 0
    /// Seeds that did not hold.
    public private(set) var failureCount = 0
    /// All counters by name.
    public private(set) var series: [String: Series] = [:]
    /// Jobs that ran.
    public private(set) var stepCount = 0

    mutating func add(_ report: SimulationReport) {
        seedCount += 1
        if report.verdict != .held { failureCount += 1 }
        stepCount += report.stepCount
        for counter in report.counters {
            series[counter.name, default: Series()].add(counter.count)
        }
        series["steps", default: Series()].add(report.stepCount)
        series["virtual milliseconds", default: Series()].add(Int(report.virtualTime.milliseconds))
    }

    /// The middle value of a counter over all seeds.
    public func median(_ name: String) -> Int { series[name]?.median(of: seedCount) ?? 0 }

    /// The share of the seeds in which a counter was not zero, in percent.
    public func share(_ name: String) -> Int {
        100 * (series[name]?.seedCount ?? 0) / max(1, seedCount)
    }
}

/// What a sweep came to.
public struct SweepResult: Sendable {
    /// What was seen.
    public let tally: Tally
    /// The first failing runs, by seed.
    public let failures: [SimulationReport]
    /// What was swept.
    public let scenario: Scenario

    /// Seeds from which on a thing that never happened makes the sweep worthless.
    public static let vacuityThreshold = 100

    /// What the scenario promises to see sometimes and a sweep of this size never saw.
    public var neverSeen: [String] {
        guard tally.seedCount >= Self.vacuityThreshold else { return [] }
        return (scenario.sometimes + scenario.faults).filter { tally.series[$0] == nil }
    }
}
