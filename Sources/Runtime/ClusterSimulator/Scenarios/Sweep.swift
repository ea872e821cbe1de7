import Synchronization

/// Runs a scenario for many seeds on several threads, and adds up what was seen.
public struct Sweep: Sendable {
    /// What to sweep.
    public struct Configuration: Sendable {
        /// The first seed.
        public var firstSeed: UInt64 = 1
        /// How many seeds.
        public var seedCount = 100
        /// How many threads.
        public var threadCount = 1
        /// The policy of all runs; nil draws one for each seed.
        public var policy: SchedulingPolicy?
        /// Stops at the first failing seed of which this is so; never, unless it is given.
        public var stopsWhen: @Sendable (SimulationReport) -> Bool = { _ in false }

        /// A short sweep on one thread.
        public init() {}
    }

    /// Failing runs whose reports are kept.
    public static let failureCountMaximum = 20

    private let scenario: Scenario
    private let configuration: Configuration

    /// A sweep of a scenario.
    public init(_ scenario: Scenario, _ configuration: Configuration) {
        self.scenario = scenario
        self.configuration = configuration
    }

    fileprivate struct Progress {
        var next: UInt64
        var tally = Tally()
        var failures: [SimulationReport] = []
        var isStopped = false
    }

    /// Runs all seeds.
    ///
    /// - Parameter onSeed: is told after each seed how many are done and how many failed; it is
    ///   called on the sweep's threads, one call at a time.
    public func run(onSeed: @escaping @Sendable (_ done: Int, _ failed: Int) -> Void) -> SweepResult
    {
        let progress = Mutex(Progress(next: configuration.firstSeed))
        let (scenario, configuration) = (scenario, configuration)
        let end = configuration.firstSeed + UInt64(configuration.seedCount)
        let work: @Sendable () -> Void = {
            while let seed = progress.withLock({ $0.take(before: end) }) {
                let options = SimulationOptions(seed: seed, policy: configuration.policy)
                let report = scenario.simulate(options)
                progress.withLock { progress in
                    progress.add(report, stopsWhen: configuration.stopsWhen)
                    onSeed(progress.tally.seedCount, progress.tally.failureCount)
                }
            }
        }
        SimulationThread.run(on: configuration.threadCount, work)
        return progress.withLock {
            SweepResult(
                tally: $0.tally, failures: $0.failures.sorted { $0.seed < $1.seed },
                scenario: scenario)
        }
    }
}

extension Sweep.Progress {
    fileprivate mutating func take(before end: UInt64) -> UInt64? {
        guard next < end, !isStopped else { return nil }
        defer { next += 1 }
        return next
    }

    fileprivate mutating func add(
        _ report: SimulationReport, stopsWhen: (SimulationReport) -> Bool
    ) {
        tally.add(report)
        guard report.verdict != .held else { return }
        let stops = stopsWhen(report)
        if failures.count < Sweep.failureCountMaximum || stops { failures.append(report) }
        if stops { isStopped = true }
    }
}
