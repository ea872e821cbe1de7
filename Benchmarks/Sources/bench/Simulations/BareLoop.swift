import ClusterSimulator

/// The cheapest thing that could schedule a simulation: closures, run in an order that is drawn.
final class BareLoop {
    private var generator: SplitMix64
    private var ready: [(BareLoop) -> Void] = []
    private var jobCount = 0

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// Adds a row of jobs, of which each makes the next one ready; `body` is told how many are
    /// left.
    func add(rowOf count: Int, _ body: @escaping (_ leftCount: Int) -> Void = { _ in }) {
        guard count > 0 else { return }
        ready.append { loop in
            body(count - 1)
            loop.add(rowOf: count - 1, body)
        }
    }

    /// Runs until nothing is ready; gives the number of jobs that ran.
    func run() -> Int {
        while !ready.isEmpty {
            ready.swapAt(generator.below(ready.count), ready.count - 1)
            ready.removeLast()(self)
            jobCount += 1
        }
        return jobCount
    }
}
