/// The ready jobs of a simulation and the rule by which the next is taken.
struct Schedule {
    let policy: SchedulingPolicy
    private(set) var choiceCount = 0
    private var ready: [ReadyJob] = []
    private var generator: SplitMix64
    /// The steps at which PCT lowers the running lane, last first.
    private var changes: [Int] = []

    init(policy: SchedulingPolicy, stepCountExpected: Int?, seed: UInt64) {
        self.policy = policy
        generator = SplitMix64(seed: seed)
        guard case .pct(let depth) = policy else { return }
        let expected = stepCountExpected ?? 16 << generator.below(10)
        for _ in 1..<max(1, depth) { changes.append(generator.below(max(1, expected))) }
        changes.sort(by: >)
    }

    var isEmpty: Bool { ready.isEmpty }

    @inline(__always)
    mutating func append(_ job: ReadyJob) { ready.append(job) }

    /// The priority of a lane that starts now.
    mutating func drawPriority() -> UInt64 {
        guard case .pct = policy else { return 0 }
        return generator.next() | 1 << 63
    }

    /// Takes the next job; what was picked goes into `hash`.
    @inline(__always)
    mutating func take(step: Int, into hash: inout StableHash) -> ReadyJob {
        let count = ready.count
        let index = count == 1 ? 0 : choose(among: count)
        let job: ReadyJob
        if case .random = policy {
            ready.swapAt(index, count - 1)
            job = ready.removeLast()
        } else {
            job = ready.remove(at: index)
            lowerIfDue(job.lane, at: step)
        }
        let picked = UInt64(truncatingIfNeeded: count << 16 | index)
        hash.combine(UInt64(truncatingIfNeeded: job.lane.number) << 32 | picked)
        return job
    }

    /// Takes all jobs for which `condition` holds, in the order of the list.
    mutating func removeAll(where condition: (ReadyJob) -> Bool) -> [ReadyJob] {
        let removed = ready.filter(condition)
        ready.removeAll(where: condition)
        return removed
    }

    private mutating func choose(among count: Int) -> Int {
        choiceCount += 1
        switch policy {
        case .fifo: return 0
        case .random: return generator.below(count)
        case .pct:
            var best = 0
            for index in 1..<count where ready[index].lane.priority > ready[best].lane.priority {
                best = index
            }
            return best
        }
    }

    private mutating func lowerIfDue(_ lane: Lane, at step: Int) {
        while let change = changes.last, change <= step {
            changes.removeLast()
            lane.priority = UInt64(changes.count)
        }
    }
}
