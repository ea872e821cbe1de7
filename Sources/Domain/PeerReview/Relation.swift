/// What a person is to a submission. One person may be several of these at once.
public enum Relation: String, Codable, Hashable, Sendable, CaseIterable {
    /// One of its authors, by a verified address; this overrides every other role.
    case author
    /// A chair of its conference.
    case chair
    /// Assigned to review it.
    case reviewer
    /// A reviewer whose own review is confirmed.
    case hasReviewed
    /// A member of the conference's committee.
    case committee
    /// Conflicted with it; this overrides every role but that of an author.
    case conflicted
    /// The one who wrote the review or comment that is asked about.
    case writer
    /// An administrator of the installation.
    case siteAdministrator
}

/// What can be seen of a submission, piece by piece.
public enum SubmissionField: String, Hashable, Sendable, CaseIterable {
    /// That it exists, its id, its number and its conference.
    case existence
    case title, summary, topics, authors, contributor, file, status, history
    /// Who is conflicted with it, who bids for it, who reviews it.
    case conflicts, bids, assignments
    /// A review's text and score for the authors.
    case review
    /// A review's text for the committee.
    case remarks
    /// Who wrote a review.
    case reviewerIdentity
    /// The authors' answer to the reviews.
    case rebuttal
    /// What reviewers and chairs say to each other.
    case discussion
    /// Who wrote a comment.
    case commenterIdentity
    case decision
}
