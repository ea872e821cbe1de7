import StarchairAPI

/// A broken invariant.
public struct Finding: Hashable, Sendable {
    /// Which invariant, by its number and its words.
    public let invariant: String
    /// What was seen.
    public let detail: String

    /// Whether it may mend itself with time: a letter that is still on its way.
    public var isAboutReceipts: Bool { invariant == SubmissionInvariants.receipts }

    /// Describes a broken invariant.
    public init(_ invariant: String, _ detail: String) {
        self.invariant = invariant
        self.detail = detail
    }
}

/// What is found in an installation at rest, after the faults have healed.
public struct RestingState: Sendable {
    /// The submissions of the conference, as its chair sees them.
    public var submissions: [SubmissionView]
    /// The letters that were sent.
    public var letters: [SentLetter]
    /// From when on nothing was broken, so that every question had to be answered.
    public var healed: Duration

    /// Describes an installation at rest.
    public init(submissions: [SubmissionView], letters: [SentLetter], healed: Duration) {
        self.submissions = submissions
        self.letters = letters
        self.healed = healed
    }
}

/// A letter, as its recipient sees it.
public struct SentLetter: Hashable, Sendable {
    /// The address.
    public var recipient: String
    /// The subject line.
    public var subject: String
    /// The text.
    public var text: String

    /// Describes a letter.
    public init(recipient: String, subject: String, text: String) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }
}
