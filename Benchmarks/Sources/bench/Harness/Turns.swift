/// How the contenders of a comparison take turns.
struct Turns: Sendable {
    let count: Int
    let duration: Duration

    static let thorough = Turns(count: 7, duration: .milliseconds(300))
    static let quick = Turns(count: 3, duration: .milliseconds(50))

    /// Warms all contenders up, then lets them take turns.
    func measure(_ comparison: Comparison) async throws -> ComparisonResult {
        let contenders = [comparison.ours] + comparison.peers
        var workCounts: [Int] = []
        for contender in contenders { workCounts.append(try await warmUp(contender)) }
        var rates: [[Double]] = contenders.map { _ in [] }
        for _ in 0..<count {
            for (index, contender) in contenders.enumerated() {
                let workCount = workCounts[index]
                let elapsed = try await Self.time(contender, workCount)
                rates[index].append(Double(workCount) / (elapsed / .seconds(1)))
            }
        }
        return ComparisonResult(comparison, rates: rates)
    }

    /// Does more and more work until it fills half a turn; gives the amount that fills one.
    private func warmUp(_ contender: Contender) async throws -> Int {
        var workCount = 1
        while true {
            let elapsed = try await Self.time(contender, workCount)
            if elapsed >= duration / 2 {
                return max(1, Int(Double(workCount) * (duration / elapsed)))
            }
            workCount *= 2
        }
    }

    private static func time(_ contender: Contender, _ workCount: Int) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        let sum = try await contender.run(workCount)
        let elapsed = clock.now - start
        precondition(sum != 0, "\(contender.name) left its work out")
        return elapsed
    }
}
