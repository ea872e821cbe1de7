import Assignment

/// What a test writes shortly: submission, reviewer, value.
typealias Listed = (submission: Int, reviewer: Int, value: Int)

/// A problem that must be in order.
func problem(
    demands: [Int], loads: [Int], _ listed: [Listed]
) throws(AssignmentFlaw) -> AssignmentProblem {
    try AssignmentProblem(
        reviewersPerSubmission: demands, loadMaximums: loads,
        candidates: listed.map {
            .init(submission: $0.submission, reviewer: $0.reviewer, value: $0.value)
        })
}

extension SplitMix64 {
    /// A problem of a few submissions, with a bias to what lies at a limit.
    mutating func smallProblem() throws(AssignmentFlaw) -> AssignmentProblem {
        let (submissionCount, reviewerCount) = (below(5), below(5))
        let demandMaximum = 1 + below(3)
        let loads = [0, 1, 1, 2, 2, 3, submissionCount, Int.max]
        let sharePossible = pick([30, 60, 90, 100])
        var listed: [Listed] = []
        for submission in 0..<submissionCount {
            for reviewer in 0..<reviewerCount where below(100) < sharePossible {
                listed.append((submission, reviewer, value()))
            }
        }
        return try problem(
            demands: (0..<submissionCount).map { _ in below(demandMaximum + 1) },
            loads: (0..<reviewerCount).map { _ in pick(loads) }, listed)
    }

    /// A problem in which each submission has `candidateCount` candidates, in no order.
    mutating func largeProblem(
        demands: [Int], loads: [Int], candidateCount: Int, values: ClosedRange<Int>
    ) throws(AssignmentFlaw) -> AssignmentProblem {
        var listed: [Listed] = []
        for submission in demands.indices {
            for reviewer in loads.indices.shuffled(using: &self).prefix(candidateCount) {
                listed.append((submission, reviewer, Int.random(in: values, using: &self)))
            }
        }
        return try problem(demands: demands, loads: loads, listed.shuffled(using: &self))
    }

    private mutating func value() -> Int {
        let range = AssignmentProblem.valueRange
        return pick([
            range.lowerBound, range.lowerBound + 1, -1, 0, 1, below(5), range.upperBound - 1,
            range.upperBound, Int.random(in: range, using: &self),
        ])
    }
}
