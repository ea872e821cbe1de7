import PeerReview
import Platform
import StarchairAPI

extension History {
    /// An intention.
    public enum Operation: Hashable, Sendable {
        /// Hand in a submission whose title nobody else uses.
        case submit(conference: ConferenceID, title: String)
        /// Change the title from a version to one that nobody else uses.
        case retitle(SubmissionID, from: Int64, title: String)
        /// Read a submission that is one's own.
        case read(SubmissionID)
        /// Read something of a submission that is not one's business.
        case spy(SubmissionID)
        /// Read a file that is one's own and has this content.
        case download(FileID, content: [UInt8])
        /// Send a request under an id that another one had.
        case reuseID
        /// Look at a conference.
        case look(ConferenceID)
        /// Move the conference to another state.
        case move(ConferenceID, to: ConferenceState)
        /// Set when the conference closes.
        case moveDeadline(ConferenceID, to: Instant)
        /// Accept an invitation.
        case accept(InvitationID, role: CommitteeRole)
        /// Declare that somebody is conflicted with a submission.
        case declareConflict(SubmissionID, of: AccountID)
        /// List the submissions of a conference that one may see.
        case list(ConferenceID)
        /// Assign reviewers to all submissions.
        case assignAll(ConferenceID)
        /// Assign one reviewer by hand.
        case assign(SubmissionID, to: AccountID)
        /// Give an assignment back.
        case decline(SubmissionID)
        /// Write a review from a version, in words that nobody else uses.
        case review(SubmissionID, from: Int64, text: String, confirm: Bool)
        /// Answer the reviews, in words that nobody else uses.
        case rebut(SubmissionID, from: Int64, text: String)
        /// Say something that nobody else says.
        case say(SubmissionID, text: String)
        /// Decide about a submission.
        case decide(SubmissionID, from: Int64, Decision)
        /// Release to all authors.
        case release(ConferenceID, Release.Subject)
        /// Read the review process of a submission that one has to do with.
        case readProcess(SubmissionID)
        /// End one's session.
        case signOut
        /// Use the session that was ended.
        case useEndedSession
        /// Ask for something simple when nothing is broken.
        case ask
    }

    /// What was told.
    public enum Outcome: Hashable, Sendable {
        /// A submission was shown or changed.
        case submission(SubmissionView)
        /// A conference was shown or moved.
        case conference(ConferenceView)
        /// Submissions were listed.
        case submissions([SubmissionID])
        /// A review was shown or written.
        case review(ReviewView)
        /// The authors' answer was written.
        case rebuttal(RebuttalView)
        /// A decision was made.
        case decision(DecisionView)
        /// Something was said.
        case post(PostView)
        /// A review process was shown.
        case process(ReviewProcessView)
        /// Bytes were shown.
        case bytes([UInt8])
        /// Something else was done.
        case done
        /// It was declined.
        case refused(String)
        /// Nobody said.
        case unknown

        /// Whether it was carried out.
        public var isDone: Bool {
            switch self {
            case .refused, .unknown: false
            default: true
            }
        }
    }
}
