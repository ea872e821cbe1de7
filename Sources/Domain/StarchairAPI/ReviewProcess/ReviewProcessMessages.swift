import Cluster
import PeerReview
import Platform

/// A message to the ReviewProcessService.
public protocol ReviewProcessMessage: Message where Code == ReviewProcessRefusal {}

extension ReviewProcessMessage {
    public static var service: ServiceName { .reviewProcess }
}

/// Why the ReviewProcessService declines.
public enum ReviewProcessRefusal: String, RefusalCode {
    /// Nobody is signed in.
    case signInRequired
    /// The asker may not do this.
    case forbidden
    /// The text of a field breaks its rule; parameter `field`.
    case invalidField
    /// There is no such conference, or the asker may not know of it.
    case noSuchConference
    /// There is no such submission, or the asker may not know of it.
    case noSuchSubmission
    /// The asker is not assigned to the submission.
    case notAssigned
    /// The conference does not do this now; parameter `state`.
    case windowClosed
    /// It was changed since it was read; parameter `version`.
    case versionConflict
    /// The submission was withdrawn.
    case withdrawn
    /// It was released, and is not changed any more.
    case released
    /// Who changes a score takes part in the discussion first.
    case discussFirst
    /// There are no submissions to assign.
    case nothingToAssign
    /// A submission has too few members who may review it; parameters `number`, `needed`,
    /// `available`.
    case tooFewReviewers
    /// Some submissions together need more reviews than those who may review them take;
    /// parameters `submissions`, `needed`, `reviewers`, `capacity`.
    case tooLittleCapacity
    /// The conference is too large to be assigned in one go; parameters `submissions`, `most`.
    case tooManySubmissions
    /// The member is an author of the submission or conflicted with it, or not on the committee.
    case notEligible
    /// The member is assigned to the submission already.
    case alreadyAssigned
    /// The member has as many submissions as one takes at most; parameter `most`.
    case loadReached
    /// The submission has as many reviewers as are allowed; parameter `most`.
    case enoughReviewers
    /// Some submissions lack a decision; parameter `count`.
    case undecided
}

/// Says how much the asker would like to review a submission.
public struct PlaceBid: ReviewProcessMessage, Command {
    public typealias Reply = BidView
    public static let name = "placeBid"

    public var draftId: SubmissionID
    public var bid: Bid

    public init(draftId: SubmissionID, bid: Bid) {
        self.draftId = draftId
        self.bid = bid
    }
}

/// A page of the asker's own bids in a conference.
public struct ListBids: ReviewProcessMessage, Query {
    public typealias Reply = ListPage<BidView>
    public static let name = "listBids"

    public var conference: ConferenceID
    public var after: ListCursor?
    public var limit: Int

    public init(conference: ConferenceID, after: ListCursor?, limit: Int) {
        self.conference = conference
        self.after = after
        self.limit = limit
    }
}

/// Assigns reviewers to all submissions of a conference, as well as the bids allow; its chairs
/// only. Assignments under which something was written stay.
public struct AssignReviewers: ReviewProcessMessage, Command {
    public typealias Reply = AssignmentSummary
    public static let name = "assignReviewers"

    public var confId: ConferenceID

    public init(confId: ConferenceID) { self.confId = confId }
}

/// Assigns one more reviewer to one submission; the conference's chairs only.
public struct AssignReviewer: ReviewProcessMessage, Command {
    public typealias Reply = ReviewProcessView
    public static let name = "assignReviewer"

    public var draftId: SubmissionID
    public var account: AccountID

    public init(draftId: SubmissionID, account: AccountID) {
        self.draftId = draftId
        self.account = account
    }
}

/// Gives the asker's own assignment back.
public struct DeclineAssignment: ReviewProcessMessage, Command {
    public typealias Reply = Done
    public static let name = "declineAssignment"

    public var draftId: SubmissionID
    public var reason: String?

    public init(draftId: SubmissionID, reason: String?) {
        self.draftId = draftId
        self.reason = reason
    }
}

/// Writes the asker's own review: keeps it as a draft, or confirms it.
public struct WriteReview: ReviewProcessMessage, Command {
    public typealias Reply = ReviewView
    public static let name = "writeReview"

    public var draftId: SubmissionID
    /// The version that it was written from; 0 when there was none.
    public var version: Int64
    public var score: Score?
    public var confidence: Confidence?
    /// For the authors.
    public var comment: String
    /// For the committee.
    public var remarks: String?
    /// Whether it is confirmed: then score and confidence are there.
    public var confirm: Bool

    public init(
        draftId: SubmissionID, version: Int64, score: Score?, confidence: Confidence?,
        comment: String, remarks: String?, confirm: Bool
    ) {
        self.draftId = draftId
        self.version = version
        self.score = score
        self.confidence = confidence
        self.comment = comment
        self.remarks = remarks
        self.confirm = confirm
    }
}

/// Answers the reviews of one's own submission.
public struct WriteRebuttal: ReviewProcessMessage, Command {
    public typealias Reply = RebuttalView
    public static let name = "writeRebuttal"

    public var draftId: SubmissionID
    /// The version that it was written from; 0 when there was none.
    public var version: Int64
    public var rebuttal: String

    public init(draftId: SubmissionID, version: Int64, rebuttal: String) {
        self.draftId = draftId
        self.version = version
        self.rebuttal = rebuttal
    }
}

/// Decides about a submission; the conference's chairs only.
public struct Decide: ReviewProcessMessage, Command {
    public typealias Reply = DecisionView
    public static let name = "decide"

    public var draftId: SubmissionID
    /// The version that was read; 0 when there was none.
    public var version: Int64
    public var decision: Decision

    public init(draftId: SubmissionID, version: Int64, decision: Decision) {
        self.draftId = draftId
        self.version = version
        self.decision = decision
    }
}

/// Releases the reviews or the decisions of all submissions of a conference to their authors, in
/// one write; its chairs only.
public struct Release: ReviewProcessMessage, Command {
    public typealias Reply = ReleaseView
    public static let name = "release"

    /// What can be released.
    public enum Subject: String, Codable, Hashable, Sendable {
        case reviews, decisions
    }

    public var confId: ConferenceID
    public var what: Subject

    public init(confId: ConferenceID, what: Subject) {
        self.confId = confId
        self.what = what
    }
}

/// The review process of one submission, to the extent that the asker may see it.
public struct GetReviewProcess: ReviewProcessMessage, Query {
    public typealias Reply = ReviewProcessView
    public static let name = "getReviewProcess"

    public var submission: SubmissionID

    public init(submission: SubmissionID) { self.submission = submission }
}

/// A page of review processes.
public struct ListReviewProcesses: ReviewProcessMessage, Query {
    public typealias Reply = ListPage<ReviewProcessView>
    public static let name = "listReviewProcesses"

    /// Those of this conference, for its chairs; nil: those that the asker is assigned to.
    public var conference: ConferenceID?
    public var after: ListCursor?
    public var limit: Int

    public init(conference: ConferenceID?, after: ListCursor?, limit: Int) {
        self.conference = conference
        self.after = after
        self.limit = limit
    }
}
