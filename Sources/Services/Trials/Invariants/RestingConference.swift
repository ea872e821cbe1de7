import StarchairAPI

/// A conference at rest, as its chair and its people see it after everything has healed.
public struct RestingConference: Sendable {
    /// The conference.
    public var conference: ConferenceView
    /// Its committee.
    public var members: [MemberView]
    /// Its submissions.
    public var submissions: [SubmissionView]
    /// The review process of each submission that has one.
    public var processes: [ReviewProcessView]
    /// What was said about each submission.
    public var threads: [SubmissionID: ThreadView]
    /// Everybody's inbox, the newest first, by name.
    public var inboxes: [String: [NotificationView]] = [:]
    /// Everybody's account by name.
    public var accounts: [String: AccountID]
    /// The letters that were sent.
    public var letters: [SentLetter] = []
    /// What open pages have shown.
    public var pages: [LiveLog] = []
    /// From when on nothing was broken.
    public var healed = Duration.zero

    /// Describes a conference at rest.
    public init(
        conference: ConferenceView, members: [MemberView], submissions: [SubmissionView],
        processes: [ReviewProcessView], threads: [SubmissionID: ThreadView],
        accounts: [String: AccountID]
    ) {
        self.conference = conference
        self.members = members
        self.submissions = submissions
        self.processes = processes
        self.threads = threads
        self.accounts = accounts
    }

    func process(of submission: SubmissionID) -> ReviewProcessView? {
        processes.first { $0.draftId == submission }
    }
}
