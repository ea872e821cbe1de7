/// Who is hidden from whom in a conference.
public enum Anonymity: String, Codable, Hashable, Sendable, CaseIterable {
    /// Nobody.
    case open
    /// Reviewers from authors.
    case singleBlind
    /// Reviewers from authors and from each other, authors from reviewers.
    case doubleBlind
    /// The same, and authors from chairs until the decisions are released.
    case tripleBlind

    /// Whether reviewers know who the authors are.
    public var showsAuthorsToReviewers: Bool { self == .open || self == .singleBlind }
}

/// What has been released to authors: each stage includes the ones before it.
public enum ReleaseStage: Int, Codable, Hashable, Sendable, CaseIterable, Comparable {
    case nothing, reviews, decisions

    public static func < (left: ReleaseStage, right: ReleaseStage) -> Bool {
        left.rawValue < right.rawValue
    }
}
