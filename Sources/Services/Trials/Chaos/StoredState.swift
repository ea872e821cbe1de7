import PeerReview
import Platform
import StarchairAPI

/// What the stores of an installation hold when it is at rest, as far as it is judged.
///
/// The shapes name only those fields of the stored documents that a judgement needs.
public struct StoredState: Sendable {
    /// What is stored of a conference.
    public struct Conference: Codable, Sendable {
        public var id: ConferenceID
        var chairs: [AccountID]
        var state: ConferenceState
    }

    /// What is stored of a member of a committee.
    public struct Member: Codable, Sendable {
        var conference: ConferenceID
        var account: AccountID
        var addresses: [EmailAddress]
    }

    /// What is stored of a submission.
    public struct Submission: Codable, Sendable {
        public var id: SubmissionID
        var number: Int
        var conference: ConferenceID
        public var file: FileID
    }

    /// How many submissions of a conference have a number.
    public struct Numbers: Codable, Sendable {
        var last: Int
    }

    /// What is stored of an upload.
    public struct File: Codable, Sendable {
        /// What names the file's content.
        public enum Content {}

        public var id: FileID
        public var blob: ID<Content>
        var byteCount: Int64
        var sha256: String
        var submission: SubmissionID?
    }

    /// What was found of a file's content.
    public struct Content: Hashable, Sendable {
        var byteCount: Int64
        var sha256: String
    }

    /// Who must not see a submission, as the DraftService knows.
    public struct ConflictList: Codable, Sendable {
        var accounts: [AccountID]
    }

    /// Who reviews a submission.
    public struct Dossier: Codable, Sendable {
        struct Assignment: Codable, Sendable {
            var account: AccountID
            var review: ReviewID
            var isBegun: Bool
        }

        public var submission: SubmissionID
        var conference: ConferenceID
        var number: Int
        var assignments: [Assignment]
        var conflicts: [AccountID]
        var quarantined: [ReviewID]

        /// The reviews of which something must be written.
        public var begunReviews: [ReviewID] {
            assignments.filter(\.isBegun).map(\.review) + quarantined
        }
    }

    /// What is stored of a review.
    public struct Review: Codable, Sendable {
        struct Mark: Codable, Sendable {
            var number: Int
        }

        public var id: ReviewID
        var submission: SubmissionID
        var reviewer: AccountID
        var confirmed: [Mark]

        /// The documents of its confirmed texts.
        public var textIDs: [String] { confirmed.map { "\(id.text)/\($0.number)" } }
    }

    /// What was released of a conference.
    public struct Release: Codable, Sendable {
        var stage: ReleaseStage
    }

    /// What is stored of an invitation.
    public struct Invitation: Codable, Sendable {
        var conference: ConferenceID
        public var email: EmailAddress
        var role: CommitteeRole
        var status: InvitationStatus

        /// Whether it must have made somebody a chair.
        public var makesChair: Bool { status == .accepted && role == .chair }
    }

    /// What is stored of a notification.
    public struct Notification: Codable, Sendable {
        public var receiver: AccountID
        var sequence: Int64
    }

    /// How many notifications somebody has had.
    public struct Inbox: Codable, Sendable {
        var last: Int64
    }

    /// Whose an address is.
    public struct Claim: Codable, Sendable {
        var account: AccountID
    }

    /// What a service has told, or has to tell.
    public struct OutboxRow: Codable, Sendable {
        public var consumer: String
        /// When a delivered row may be forgotten.
        public var expires: Instant?
        var deadLetter: String?
    }

    public var conferences: [Conference] = []
    public var members: [Member] = []
    public var submissions: [Submission] = []
    /// By conference.
    public var numbers: [String: Numbers] = [:]
    /// The files that submissions name, by id, and those that none names.
    public var files: [String: File] = [:]
    public var unusedFiles: [File] = []
    /// The contents that were read, by blob.
    public var contents: [String: Content] = [:]
    /// Contents that no document names, and are too young to be swept.
    public var namelessCount = 0
    /// Contents that no document names, and that the sweep had to remove.
    public var orphans: [String] = []
    /// By submission.
    public var conflictLists: [String: ConflictList] = [:]
    public var dossiers: [Dossier] = []
    /// By review.
    public var reviews: [String: Review] = [:]
    /// The confirmed texts that are there.
    public var texts: Set<String> = []
    /// By conference.
    public var releases: [String: Release] = [:]
    public var invitations: [Invitation] = []
    /// By address, as far as invitations need it.
    public var claims: [String: Claim] = [:]
    public var notifications: [Notification] = []
    /// By account.
    public var inboxes: [String: Inbox] = [:]
    /// What waits in outboxes, and what was given up, by service.
    public var waiting: [String: Int] = [:]
    public var deadLetters: [String: [OutboxRow]] = [:]
    /// Events that were given to the bus lately, and those of which the receiver knows nothing.
    public var eventCount = 0
    public var lostEvents: [String] = []

    /// An installation that holds nothing.
    public init() {}
}
