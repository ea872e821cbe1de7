/// What a person is to a submission. One person may be several of these at once.
public enum Relation: String, Hashable, Sendable, CaseIterable {
    /// One of its authors, by a verified address.
    case author
    /// A chair of its conference.
    case chair
    /// Conflicted with it; this overrides every role but that of an author.
    case conflicted
    /// An administrator of the installation.
    case siteAdministrator
}

/// What can be seen of a submission, piece by piece.
public enum SubmissionField: String, Hashable, Sendable, CaseIterable {
    /// That it exists, its id, its number and its conference.
    case existence
    case title, summary, topics, authors, contributor, file, status, history
}
