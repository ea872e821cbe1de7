import PeerReview
import Platform
import StarchairAPI

extension Visitor {
    private static let path = "/api/reviewProcess"

    /// Bids for a submission.
    public func bid(_ bid: Bid, for submission: SubmissionID) async -> Told<BidView> {
        await post(
            "\(Self.path)/bid", PlaceBid(draftId: submission, bid: bid),
            intention: newIntention())
    }

    /// Assigns reviewers to all submissions, as a chair.
    public func assignReviewers(in conference: ConferenceID) async -> Told<AssignmentSummary> {
        await post(
            "\(Self.path)/allocDraft", AssignReviewers(confId: conference),
            intention: newIntention())
    }

    /// Assigns one reviewer, as a chair.
    public func assign(
        _ account: AccountID, to submission: SubmissionID
    ) async -> Told<ReviewProcessView> {
        await post(
            "\(Self.path)/assign", AssignReviewer(draftId: submission, account: account),
            intention: newIntention())
    }

    /// Gives an assignment back.
    public func decline(_ submission: SubmissionID) async -> Told<Bool> {
        let told: Told<NoReply> = await post(
            "\(Self.path)/decline", DeclineAssignment(draftId: submission, reason: nil),
            intention: newIntention())
        return told.map { _ in true }
    }

    struct NoReply: Codable, Hashable, Sendable {}

    /// Writes a review.
    public func write(_ review: WriteReview) async -> Told<ReviewView> {
        await post("\(Self.path)/score", review, intention: newIntention())
    }

    /// Answers the reviews of one's own submission.
    public func rebut(
        _ submission: SubmissionID, from version: Int64, text: String
    ) async -> Told<RebuttalView> {
        await post(
            "\(Self.path)/rebuttal",
            WriteRebuttal(draftId: submission, version: version, rebuttal: text),
            intention: newIntention())
    }

    /// Decides about a submission, as a chair.
    public func decide(
        _ decision: Decision, about submission: SubmissionID, from version: Int64
    ) async -> Told<DecisionView> {
        await post(
            "\(Self.path)/decide",
            Decide(draftId: submission, version: version, decision: decision),
            intention: newIntention())
    }

    /// Releases reviews or decisions, as a chair.
    public func release(
        _ what: Release.Subject, of conference: ConferenceID
    ) async -> Told<ReleaseView> {
        await post(
            "\(Self.path)/release", Release(confId: conference, what: what),
            intention: newIntention())
    }

    /// The review process of a submission.
    public func reviewProcess(of submission: SubmissionID) async -> Told<ReviewProcessView> {
        await get("\(Self.path)/getReviewProcessByDraftId/\(submission.text)")
    }

    /// The review processes of a conference, as a chair; nil when they could not be had.
    public func reviewProcesses(in conference: ConferenceID) async -> [ReviewProcessView]? {
        await all("\(Self.path)/getReviewProcessByConfId/\(conference.text)", isPost: true)
    }

    /// The review processes that one is assigned to; nil when they could not be had.
    public func ownAssignments() async -> [ReviewProcessView]? {
        await all("\(Self.path)/getReviewProcessByPcMember", isPost: true)
    }

    /// The discussion of a submission.
    public func thread(of submission: SubmissionID) async -> Told<ThreadView> {
        await get("/api/discuss/getOrCreateByDraft/\(submission.text)?limit=100")
    }

    /// Says something about a submission.
    public func say(_ content: String, about submission: SubmissionID) async -> Told<PostView> {
        await post(
            "/api/discuss/createPost", CreatePost(draftId: submission, content: content),
            intention: newIntention())
    }

    /// Answers what was said.
    public func reply(_ content: String, to post: PostID) async -> Told<PostView> {
        await self.post(
            "/api/discuss/createReply", CreateReply(postId: post, content: content),
            intention: newIntention())
    }

    /// The own inbox, the newest first; nil when it could not be had.
    public func inbox() async -> [NotificationView]? {
        await all("/api/notification/all", isPost: true)
    }

    /// Marks a notification as read.
    public func markRead(_ id: NotificationID) async -> Told<NotificationView> {
        await post(
            "/api/notification/changeNotificationStatus",
            ChangeNotificationStatus(id: id, status: .read), intention: newIntention())
    }
}

extension Told {
    /// The same, with another value.
    func map<Other: Sendable>(_ transform: (Value) -> Other) -> Told<Other> {
        switch self {
        case .done(let value): .done(transform(value))
        case .refused(let status, let code): .refused(status: status, code: code)
        case .unknown: .unknown
        }
    }
}
