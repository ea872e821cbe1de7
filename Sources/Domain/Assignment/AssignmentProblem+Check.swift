extension AssignmentProblem {
    static func checkCounts(
        _ submissionCount: Int, _ reviewerCount: Int, _ candidateCount: Int
    ) throws(AssignmentFlaw) {
        guard submissionCount <= submissionCountMaximum else {
            throw .tooManySubmissions(count: submissionCount)
        }
        guard reviewerCount <= reviewerCountMaximum else {
            throw .tooManyReviewers(count: reviewerCount)
        }
        guard candidateCount <= candidateCountMaximum else {
            throw .tooManyCandidates(count: candidateCount)
        }
    }

    /// Checks each candidate, and that no two next to each other name the same pair.
    static func check(
        _ sorted: [Candidate], submissionCount: Int, reviewerCount: Int
    ) throws(AssignmentFlaw) {
        for (index, candidate) in sorted.enumerated() {
            let (submission, reviewer) = (candidate.submission, candidate.reviewer)
            guard (0..<submissionCount).contains(submission) else {
                throw .unknownSubmission(submission)
            }
            guard (0..<reviewerCount).contains(reviewer) else { throw .unknownReviewer(reviewer) }
            guard valueRange.contains(candidate.value) else {
                throw .valueOutOfRange(
                    submission: submission, reviewer: reviewer, value: candidate.value)
            }
            if index > 0, sorted[index - 1].submission == submission,
                sorted[index - 1].reviewer == reviewer
            {
                throw .duplicateCandidate(submission: submission, reviewer: reviewer)
            }
        }
    }
}
