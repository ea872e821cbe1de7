/// Finds why a submission cannot be filled, in a choice that fills as many demands as possible.
///
/// From that submission it follows each candidate who is not chosen to their reviewer, and from
/// each reviewer the chosen ones to their submissions: along such a path a review could move to
/// where it is missing. Since none is left to move, every reviewer on the way is fully loaded,
/// and what was reached is one side of a cut (Ford and Fulkerson, 1956).
struct ShortageSearch {
    let problem: AssignmentProblem
    /// For each candidate, whether the pair is chosen.
    let chosen: [Bool]

    /// The submissions and reviewers that can be reached from a submission that is not filled.
    func shortage(around submission: Int) -> AssignmentShortage {
        let offsets = problem.candidateOffsets
        let chosenSubmissions = submissionsOfReviewers()
        var isReached = problem.reviewersPerSubmission.map { _ in false }
        var isInTheWay = problem.loadMaximums.map { _ in false }
        var waiting = [submission]
        isReached[submission] = true
        while let next = waiting.popLast() {
            for index in offsets[next]..<offsets[next + 1] where !chosen[index] {
                let reviewer = problem.candidates[index].reviewer
                guard !isInTheWay[reviewer] else { continue }
                isInTheWay[reviewer] = true
                for other in chosenSubmissions[reviewer] where !isReached[other] {
                    isReached[other] = true
                    waiting.append(other)
                }
            }
        }
        return shortage(isReached, isInTheWay)
    }

    private func submissionsOfReviewers() -> [[Int]] {
        var submissions: [[Int]] = problem.loadMaximums.map { _ in [] }
        for (candidate, isChosen) in zip(problem.candidates, chosen) where isChosen {
            submissions[candidate.reviewer].append(candidate.submission)
        }
        return submissions
    }

    private func shortage(_ isReached: [Bool], _ isInTheWay: [Bool]) -> AssignmentShortage {
        let submissions = isReached.indices.filter { isReached[$0] }
        let reviewers = isInTheWay.indices.filter { isInTheWay[$0] }
        let shortage = AssignmentShortage(
            submissions: submissions,
            needed: submissions.reduce(0) { $0 + problem.reviewersPerSubmission[$1] },
            reviewers: reviewers,
            capacity: reviewers.reduce(0) { $0 + problem.loadMaximums[$1] },
            otherPairCount: problem.candidates.count {
                isReached[$0.submission] && !isInTheWay[$0.reviewer]
            })
        precondition(
            shortage.needed > shortage.capacity + shortage.otherPairCount,
            "what can be reached from an unfilled demand needs more than it gets")
        return shortage
    }
}
