import Assignment

/// Whether an obstacle proves, by counting in the problem alone, that there is no plan.
enum ObstacleJudge {
    static func isProof(_ obstacle: AssignmentObstacle, of problem: AssignmentProblem) -> Bool {
        switch obstacle {
        case .tooFewCandidates(let submission, let needed, let available):
            let counted = problem.candidates.count {
                $0.submission == submission && problem.loadMaximums[$0.reviewer] > 0
            }
            return needed == problem.reviewersPerSubmission[submission] && available == counted
                && needed > available
        case .tooLittleCapacity(let shortage):
            return isProof(shortage, of: problem)
        }
    }

    private static func isProof(
        _ shortage: AssignmentShortage, of problem: AssignmentProblem
    ) -> Bool {
        let submissions = Set(shortage.submissions)
        let reviewers = Set(shortage.reviewers)
        let needed = shortage.submissions.map { problem.reviewersPerSubmission[$0] }
        let loads = shortage.reviewers.map { problem.loadMaximums[$0] }
        let others = problem.candidates.count {
            submissions.contains($0.submission) && !reviewers.contains($0.reviewer)
        }
        return submissions.sorted() == shortage.submissions
            && reviewers.sorted() == shortage.reviewers
            && needed.reduce(0, +) == shortage.needed && loads.reduce(0, +) == shortage.capacity
            && others == shortage.otherPairCount && shortage.needed > shortage.capacity + others
    }
}
