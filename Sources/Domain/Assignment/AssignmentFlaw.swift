/// Why a problem cannot be asked.
public enum AssignmentFlaw: Error, Hashable {
    /// More submissions than ``AssignmentProblem/submissionCountMaximum``.
    case tooManySubmissions(count: Int)
    /// More reviewers than ``AssignmentProblem/reviewerCountMaximum``.
    case tooManyReviewers(count: Int)
    /// More candidates than ``AssignmentProblem/candidateCountMaximum``.
    case tooManyCandidates(count: Int)
    case negativeDemand(submission: Int)
    case negativeLoadMaximum(reviewer: Int)
    /// A candidate names a submission that the problem does not have.
    case unknownSubmission(Int)
    /// A candidate names a reviewer whom the problem does not have.
    case unknownReviewer(Int)
    /// A value outside of ``AssignmentProblem/valueRange``.
    case valueOutOfRange(submission: Int, reviewer: Int, value: Int)
    /// A pair is listed more than once.
    case duplicateCandidate(submission: Int, reviewer: Int)
}
