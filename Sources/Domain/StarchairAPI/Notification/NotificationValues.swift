import PeerReview
import Platform

/// Something that happened, of which somebody is told.
public struct NotificationEvent: Codable, Hashable, Sendable {
    /// What happened; a client has the text in its reader's language.
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// The conference moved to another state; parameter `state`.
        case conferenceMoved
        /// A submission was received; parameter `title`.
        case submissionReceived
        /// The recipient is invited; parameters `invitation`, `role`, `message`.
        case invited
        /// Somebody answered an invitation; parameters `email`, `status`.
        case invitationAnswered
        /// The recipient is to review submissions; parameter `count`.
        case assigned
        /// A reviewer gave an assignment back.
        case assignmentDeclined
        /// The reviews of a submission can be read.
        case reviewsReleased
        /// The decision about a submission can be read; parameter `decision`.
        case decisionReleased
        /// Something was said about a submission.
        case discussed
    }

    public var kind: Kind
    public var confId: ConferenceID
    /// The conference's short name.
    public var shortenForm: String
    public var draftId: SubmissionID?
    /// The submission's number.
    public var number: Int?
    public var parameters: [String: String]

    public init(
        _ kind: Kind, confId: ConferenceID, shortenForm: String, draftId: SubmissionID? = nil,
        number: Int? = nil, parameters: [String: String] = [:]
    ) {
        self.kind = kind
        self.confId = confId
        self.shortenForm = shortenForm
        self.draftId = draftId
        self.number = number
        self.parameters = parameters
    }
}

/// Whether somebody has looked at a notification.
public enum NotificationStatus: String, Codable, Hashable, Sendable {
    case unread, read
}

/// A notification in its recipient's inbox.
public struct NotificationView: Codable, Hashable, Sendable {
    public var id: NotificationID
    /// Its place in the recipient's inbox: 1, 2, 3 and so on.
    public var sequence: Int64
    public var receiver: AccountID
    public var event: NotificationEvent
    public var status: NotificationStatus
    public var created: Instant

    public init(
        id: NotificationID, sequence: Int64, receiver: AccountID, event: NotificationEvent,
        status: NotificationStatus, created: Instant
    ) {
        self.id = id
        self.sequence = sequence
        self.receiver = receiver
        self.event = event
        self.status = status
        self.created = created
    }
}
