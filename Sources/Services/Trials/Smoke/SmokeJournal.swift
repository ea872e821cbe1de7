import StarchairAPI

/// What a smoke run was told that it made, kept so that a later run can compare.
public protocol SmokeJournal: Sendable {
    /// Adds an entry durably before the run goes on.
    func append(_ entry: SmokeEntry) async throws
    /// All entries so far, in order.
    func entries() async throws -> [SmokeEntry]
}

/// Something that was acknowledged, or an intention about which nobody said anything.
public enum SmokeEntry: Codable, Hashable, Sendable {
    /// A person with a session.
    case person(name: String, session: String)
    /// A conference as it was last shown; its chair's name.
    case conference(ConferenceView, chair: String)
    /// A submission as it was last shown; its author's name and the hash of its file.
    case submission(SubmissionView, author: String, sha256: String)
    /// A review process as it was last shown to somebody.
    case reviewProcess(ReviewProcessView, reader: String)
    /// A title that was handed in without an answer: it may be there once, or not.
    case unanswered(conference: ConferenceID, title: String)
}
