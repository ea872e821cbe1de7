/// Who may review what, how much everybody takes, and what each pair is worth.
///
/// Submissions and reviewers are numbered from 0, each kind by itself. A problem is in order from
/// its beginning: two with the same content are equal, whatever the order of their candidates.
public struct AssignmentProblem: Sendable, Hashable {
    /// The number of submissions that a problem may have.
    public static let submissionCountMaximum = 50_000
    /// The number of reviewers that a problem may have.
    public static let reviewerCountMaximum = 50_000
    /// The number of candidates that a problem may have.
    public static let candidateCountMaximum = 8_000_000
    /// What a pair may be worth.
    public static let valueRange = -1_000_000...1_000_000

    /// A pair that is possible.
    public struct Candidate: Sendable, Hashable {
        public let submission: Int
        public let reviewer: Int
        /// What the pair is worth: the higher, the better. Negative values are worse than none,
        /// but a submission's demand outweighs them.
        public let value: Int

        public init(submission: Int, reviewer: Int, value: Int) {
            self.submission = submission
            self.reviewer = reviewer
            self.value = value
        }
    }

    /// For each submission, how many reviewers it must get.
    public let reviewersPerSubmission: [Int]
    /// For each reviewer, how many submissions they take at most.
    public let loadMaximums: [Int]
    /// The possible pairs, by submission and then by reviewer; a pair not listed is impossible.
    public let candidates: [Candidate]

    /// Takes a problem that can be asked.
    ///
    /// A pair listed twice is refused, even with one value: which of two is meant nobody knows.
    public init(
        reviewersPerSubmission: [Int], loadMaximums: [Int], candidates: [Candidate]
    ) throws(AssignmentFlaw) {
        try Self.checkCounts(reviewersPerSubmission.count, loadMaximums.count, candidates.count)
        if let submission = reviewersPerSubmission.firstIndex(where: { $0 < 0 }) {
            throw .negativeDemand(submission: submission)
        }
        if let reviewer = loadMaximums.firstIndex(where: { $0 < 0 }) {
            throw .negativeLoadMaximum(reviewer: reviewer)
        }
        let sorted = candidates.sorted {
            ($0.submission, $0.reviewer) < ($1.submission, $1.reviewer)
        }
        try Self.check(
            sorted, submissionCount: reviewersPerSubmission.count,
            reviewerCount: loadMaximums.count)
        self.reviewersPerSubmission = reviewersPerSubmission
        self.loadMaximums = loadMaximums
        self.candidates = sorted
    }
}
