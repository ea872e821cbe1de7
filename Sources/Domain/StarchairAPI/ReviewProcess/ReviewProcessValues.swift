import PeerReview
import Platform

/// A bid, as the one who made it sees it.
public struct BidView: Codable, Hashable, Sendable {
    public var draftId: SubmissionID
    public var bid: Bid

    public init(draftId: SubmissionID, bid: Bid) {
        self.draftId = draftId
        self.bid = bid
    }
}

/// What an assignment came to.
public struct AssignmentSummary: Codable, Hashable, Sendable {
    public var confId: ConferenceID
    public var submissions: Int
    public var assignments: Int
    /// Assignments of the reviewer who has most.
    public var greatestLoad: Int
    /// The sum of the bids of all pairs.
    public var totalBid: Int

    public init(
        confId: ConferenceID, submissions: Int, assignments: Int, greatestLoad: Int,
        totalBid: Int
    ) {
        self.confId = confId
        self.submissions = submissions
        self.assignments = assignments
        self.greatestLoad = greatestLoad
        self.totalBid = totalBid
    }
}

/// The review process of a submission: what is hidden from the asker is missing.
public struct ReviewProcessView: Codable, Hashable, Sendable {
    public var draftId: SubmissionID
    public var confId: ConferenceID
    public var number: Int
    public var title: String?
    /// Whether the asker is to review it.
    public var isAssigned: Bool
    /// In an order that says nothing about the reviewers.
    public var reviews: [ReviewView]
    /// The reviewers, for chairs.
    public var pcMembers: [AccountID]?
    public var rebuttal: RebuttalView?
    public var decision: DecisionView?
    /// What was released of the conference, for chairs.
    public var released: Release.Subject?

    public init(draftId: SubmissionID, confId: ConferenceID, number: Int) {
        self.draftId = draftId
        self.confId = confId
        self.number = number
        isAssigned = false
        reviews = []
    }
}

/// A review, to the extent that the asker may see it.
public struct ReviewView: Codable, Hashable, Sendable {
    public var id: ReviewID
    public var draftId: SubmissionID
    /// The reviewer.
    public var pcMemberId: AccountID?
    public var score: Score?
    public var confidence: Confidence?
    public var comment: String?
    public var remarks: String?
    public var status: ReviewStatus
    /// Rises with each change; its writer alone sees it.
    public var version: Int64?
    /// Whether the text shown is a draft that is newer than what counts; for its writer alone.
    public var isUnconfirmed: Bool?

    public init(id: ReviewID, draftId: SubmissionID, status: ReviewStatus) {
        self.id = id
        self.draftId = draftId
        self.status = status
    }
}

/// Where a review stands.
public enum ReviewStatus: String, Codable, Hashable, Sendable {
    /// Nothing was written.
    case assigned
    /// A draft is kept.
    case draft
    /// It counts.
    case confirmed
    /// Its writer turned out to be conflicted: it is kept and does not count.
    case quarantined
}

/// The authors' answer to the reviews.
public struct RebuttalView: Codable, Hashable, Sendable {
    public var draftId: SubmissionID
    public var rebuttal: String
    public var version: Int64

    public init(draftId: SubmissionID, rebuttal: String, version: Int64) {
        self.draftId = draftId
        self.rebuttal = rebuttal
        self.version = version
    }
}

/// A decision.
public struct DecisionView: Codable, Hashable, Sendable {
    public var draftId: SubmissionID
    public var decision: Decision
    public var version: Int64

    public init(draftId: SubmissionID, decision: Decision, version: Int64) {
        self.draftId = draftId
        self.decision = decision
        self.version = version
    }
}

/// What was released.
public struct ReleaseView: Codable, Hashable, Sendable {
    public var confId: ConferenceID
    public var what: Release.Subject

    public init(confId: ConferenceID, what: Release.Subject) {
        self.confId = confId
        self.what = what
    }
}

/// How far a reviewer is with a submission.
public struct ReviewerStanding: Codable, Hashable, Sendable {
    public var submission: SubmissionID
    /// Whether the review is confirmed.
    public var hasReviewed: Bool

    public init(submission: SubmissionID, hasReviewed: Bool) {
        self.submission = submission
        self.hasReviewed = hasReviewed
    }
}

/// All that somebody is to a submission, and what holds for it.
public struct ReviewStanding: Codable, Hashable, Sendable {
    /// Its relations are all of them.
    public var standing: SubmissionStanding
    public var stage: ReleaseStage
    /// Who reviews the submission.
    public var reviewers: [AccountID]
    /// Who is conflicted with it.
    public var conflicted: [AccountID]

    public init(
        standing: SubmissionStanding, stage: ReleaseStage, reviewers: [AccountID],
        conflicted: [AccountID]
    ) {
        self.standing = standing
        self.stage = stage
        self.reviewers = reviewers
        self.conflicted = conflicted
    }
}

extension SubmissionStanding {
    /// What holds for the submission when `stage` was released.
    public func circumstances(_ stage: ReleaseStage) -> VisibilityPolicy.Circumstances {
        .init(
            windows: conference.status.openWindows, stage: stage,
            anonymity: conference.settings.anonymity)
    }
}
