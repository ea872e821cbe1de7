import Assignment

/// The greatest value of a plan, found by looking at all of them.
struct ExhaustiveSearch {
    private let candidates: [AssignmentProblem.Candidate]
    private var demands: [Int]
    private var loads: [Int]
    private var greatest: Int?

    /// Nil when no plan meets every demand.
    static func greatestValue(of problem: AssignmentProblem) -> Int? {
        var search = ExhaustiveSearch(
            candidates: problem.candidates, demands: problem.reviewersPerSubmission,
            loads: problem.loadMaximums)
        search.decide(0, value: 0)
        return search.greatest
    }

    /// Takes or leaves the candidate at `index`, and all after it.
    private mutating func decide(_ index: Int, value: Int) {
        let openDemand = demands.firstIndex { $0 > 0 }
        guard index < candidates.count else {
            if openDemand == nil { greatest = max(greatest ?? value, value) }
            return
        }
        let candidate = candidates[index]
        if let openDemand, openDemand < candidate.submission { return }
        decide(index + 1, value: value)
        guard demands[candidate.submission] > 0, loads[candidate.reviewer] > 0 else { return }
        demands[candidate.submission] -= 1
        loads[candidate.reviewer] -= 1
        decide(index + 1, value: value + candidate.value)
        demands[candidate.submission] += 1
        loads[candidate.reviewer] += 1
    }
}
