/// Who reviews what: a plan that meets every demand and every load maximum, of the greatest value.
public struct AssignmentPlan: Sendable, Hashable {
    /// A submission and one of its reviewers.
    public struct Pair: Sendable, Hashable {
        public let submission: Int
        public let reviewer: Int
    }

    /// The pairs, by submission and then by reviewer.
    public let pairs: [Pair]
    /// What the pairs are worth together.
    public let totalValue: Int

    init(_ chosen: [AssignmentProblem.Candidate]) {
        pairs = chosen.map { Pair(submission: $0.submission, reviewer: $0.reviewer) }
        totalValue = chosen.reduce(0) { $0 + $1.value }
    }
}
