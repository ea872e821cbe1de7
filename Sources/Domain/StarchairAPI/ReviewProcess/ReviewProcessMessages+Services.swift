import Cluster
import PeerReview
import Platform

/// Ends all that a conflicted person had to do with a submission; the DraftService only, which
/// acknowledges no conflict before.
public struct FenceConflict: ReviewProcessMessage, Command {
    public typealias Reply = Done
    public static let name = "fenceConflict"

    public var submission: SubmissionID
    public var conference: ConferenceID
    public var number: Int
    public var account: AccountID

    public init(
        submission: SubmissionID, conference: ConferenceID, number: Int, account: AccountID
    ) {
        self.submission = submission
        self.conference = conference
        self.number = number
        self.account = account
    }
}

/// Which of some submissions somebody reviews; services only.
public struct GetAssignments: ReviewProcessMessage, Query {
    public typealias Reply = Listed<ReviewerStanding>
    public static let name = "getAssignments"

    /// At most as many as a page of a list has rows; those not assigned are missing.
    public var submissions: [SubmissionID]
    public var account: AccountID

    public init(submissions: [SubmissionID], account: AccountID) {
        self.submissions = submissions
        self.account = account
    }
}

/// The submissions of a conference that somebody reviews; services only.
public struct ListAssigned: ReviewProcessMessage, Query {
    public typealias Reply = ListPage<SubmissionID>
    public static let name = "listAssigned"

    public var conference: ConferenceID
    public var account: AccountID
    public var after: ListCursor?
    public var limit: Int

    public init(
        conference: ConferenceID, account: AccountID, after: ListCursor?, limit: Int
    ) {
        self.conference = conference
        self.account = account
        self.after = after
        self.limit = limit
    }
}

/// All that somebody is to a submission, what was released, and who reviews it; services only.
public struct GetReviewStanding: ReviewProcessMessage, Query {
    public typealias Reply = ReviewStanding
    public static let name = "getStanding"

    public var submission: SubmissionID
    public var viewer: Viewer

    public init(submission: SubmissionID, viewer: Viewer) {
        self.submission = submission
        self.viewer = viewer
    }
}

/// Tells the authors of a released conference, page by page; the service itself only.
public struct AnnounceRelease: ReviewProcessMessage, Command {
    public typealias Reply = Done
    public static let name = "announceRelease"

    public var conference: ConferenceID
    public var what: Release.Subject
    /// Where the page begins.
    public var after: ListCursor?

    public init(conference: ConferenceID, what: Release.Subject, after: ListCursor?) {
        self.conference = conference
        self.what = what
        self.after = after
    }
}
