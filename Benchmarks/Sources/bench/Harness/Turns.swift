import Glibc

/// How the contenders of a comparison take turns: many short ones, so that what else the machine
/// does meets all of them alike.
struct Turns: Sendable {
    let count: Int
    let duration: Duration

    static let thorough = Turns(count: 21, duration: .milliseconds(100))
    static let quick = Turns(count: 5, duration: .milliseconds(20))

    /// Warms all contenders up, then lets them take turns.
    func measure(_ comparison: Comparison) async throws -> ComparisonResult {
        try await comparison.prepare()
        let contenders = [comparison.ours] + comparison.peers
        var workCounts: [Int] = []
        for contender in contenders { workCounts.append(try await warmUp(contender)) }
        var turns: [[Turn]] = contenders.map { _ in [] }
        for _ in 0..<count {
            for (index, contender) in contenders.enumerated() {
                turns[index].append(try await Self.take(contender, workCounts[index]))
            }
        }
        return ComparisonResult(comparison, turns: turns)
    }

    /// Does more and more work until it fills half a turn; gives the amount that fills one.
    private func warmUp(_ contender: Contender) async throws -> Int {
        var workCount = 1
        while true {
            let elapsed = try await Self.take(contender, workCount).duration
            if elapsed >= duration / 2 {
                return max(1, Int(Double(workCount) * (duration / elapsed)))
            }
            workCount *= 2
        }
    }

    private static func take(_ contender: Contender, _ workCount: Int) async throws -> Turn {
        let clock = ContinuousClock()
        let (start, processorStart) = (clock.now, processorTime)
        let sum = try await contender.run(workCount)
        let duration = contender.keepsItsTime ? .nanoseconds(sum) : clock.now - start
        let turn = Turn(
            workCount: workCount, duration: duration,
            processorTime: processorTime - processorStart)
        precondition(sum != 0, "\(contender.name) left its work out")
        return turn
    }

    /// What all threads of this process have used of the processors.
    private static var processorTime: Duration {
        var time = timespec()
        precondition(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "a process has a clock")
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

/// One turn of one contender.
struct Turn: Sendable {
    let workCount: Int
    let duration: Duration
    let processorTime: Duration

    /// Work done in each second.
    var rate: Double { Double(workCount) / (duration / .seconds(1)) }

    /// Nanoseconds of processor time that each piece of work took.
    var cost: Double { processorTime / .nanoseconds(1) / Double(workCount) }
}
