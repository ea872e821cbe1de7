import ClusterSimulator
import Trials

extension Plant {
    /// The first seed of its scenario in which the bug breaks what it must break; nil when none
    /// of so many does.
    ///
    /// - Parameter policy: how ready jobs are picked; nil draws it for each seed.
    public func firstDetection(
        seedCount: Int, policy: SchedulingPolicy? = nil, onThreads threadCount: Int
    ) -> UInt64? {
        if let side = twinSide {
            // Other seeds of the same policy are as good: it is drawn for each.
            return (1...UInt64(seedCount)).first { seed in
                Twins(side, plant: self).compare(seed: seed).differenceCount > 0
            }
        }
        guard let scenario = Scenario.named(scenario, plant: self) else { return nil }
        var configuration = Sweep.Configuration()
        configuration.seedCount = seedCount
        configuration.threadCount = threadCount
        configuration.policy = policy
        configuration.stopsWhen = { explains($0) }
        let result = Sweep(scenario, configuration).run { _, _ in }
        return result.failures.first { explains($0) }?.seed
    }

    /// Whose twins show the bug; nil for bugs that one run shows.
    private var twinSide: WholeConference.Side? {
        WholeConference.Side.allCases.first { $0.invariant.hasPrefix(invariant + " ") }
    }
}
