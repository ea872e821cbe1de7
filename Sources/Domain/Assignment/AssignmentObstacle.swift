/// Why no plan meets every demand: a proof that can be checked against the problem by counting.
public enum AssignmentObstacle: Error, Hashable {
    /// One submission needs more reviewers than there are candidates who take any submission.
    ///
    /// It is the first such submission.
    case tooFewCandidates(submission: Int, needed: Int, available: Int)
    /// Several submissions together need more than their candidates can give.
    case tooLittleCapacity(AssignmentShortage)
}

/// Submissions that together need more reviews than they can get (Hall's condition is broken).
///
/// Every review of one of these submissions is written by one of the reviewers named here, who
/// take no more than `capacity` together, or is one of the `otherPairCount` possible pairs with
/// somebody else. It is always so that `needed > capacity + otherPairCount`.
public struct AssignmentShortage: Sendable, Hashable {
    /// Their numbers, ascending.
    public let submissions: [Int]
    /// How many reviews they need together.
    public let needed: Int
    /// The reviewers whose load maximums are in the way, ascending.
    public let reviewers: [Int]
    /// The sum of their load maximums.
    public let capacity: Int
    /// How many candidates pair one of the submissions with a reviewer who is not in the way.
    public let otherPairCount: Int
}
