import ClusterSimulator

/// The cheapest thing that could pass an idle cluster's time: some timers, the next one first.
enum BareTimers {
    /// Runs `timerCount` timers of one period, with drawn phases; gives how often one fired.
    static func run(timerCount: Int, period: Int64, until end: Int64, seed: UInt64) -> Int {
        var generator = SplitMix64(seed: seed)
        var moments = (0..<timerCount).map { _ in Int64(generator.below(Int(period))) }
        var firedCount = 0
        while true {
            var next = 0
            for index in 1..<moments.count where moments[index] < moments[next] { next = index }
            if moments[next] >= end { return firedCount }
            moments[next] += period
            firedCount += 1
        }
    }
}
