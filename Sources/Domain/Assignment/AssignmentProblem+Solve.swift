extension AssignmentProblem {
    /// The plan of the greatest total value among all that meet every demand and load maximum.
    ///
    /// It is exact. Equal problems get equal plans, also where several have the same value. The
    /// work is pure computation that cannot be cancelled, some seconds for the largest conferences
    /// of today: call it on a thread that may be busy for so long.
    public func solve() throws(AssignmentObstacle) -> AssignmentPlan {
        try checkEachSubmission()
        let needed = reviewersPerSubmission.reduce(0, +)
        guard needed > 0 else { return AssignmentPlan([]) }
        let flow = AssignmentNetwork(self).leastCostFlow()
        let chosen = flow.prefix(candidates.count).map { $0 > 0 }
        let missing = flow.dropFirst(candidates.count)
        if let first = missing.firstIndex(where: { $0 > 0 }) {
            let search = ShortageSearch(problem: self, chosen: chosen)
            throw .tooLittleCapacity(search.shortage(around: first - missing.startIndex))
        }
        let plan = AssignmentPlan(zip(candidates, chosen).filter(\.1).map(\.0))
        precondition(plan.pairs.count == needed, "a plan gives every submission what it needs")
        return plan
    }

    /// Where the candidates of each submission begin, and in the end their number.
    var candidateOffsets: [Int] {
        var offsets = Array(repeating: 0, count: reviewersPerSubmission.count + 1)
        for candidate in candidates { offsets[candidate.submission + 1] += 1 }
        for submission in reviewersPerSubmission.indices {
            offsets[submission + 1] += offsets[submission]
        }
        return offsets
    }

    /// What hinders one submission alone is said first, because it is the easiest to put right.
    private func checkEachSubmission() throws(AssignmentObstacle) {
        var available = Array(repeating: 0, count: reviewersPerSubmission.count)
        for candidate in candidates where loadMaximums[candidate.reviewer] > 0 {
            available[candidate.submission] += 1
        }
        for (submission, needed) in reviewersPerSubmission.enumerated()
        where needed > available[submission] {
            throw .tooFewCandidates(
                submission: submission, needed: needed, available: available[submission])
        }
    }
}
