import Cluster
import Ports

extension ServiceName {
    /// Accounts, credentials, profiles, sessions.
    public static let user: ServiceName = "UserService"
    /// Conferences, their committees and their life.
    public static let conference: ServiceName = "ConferenceService"
    /// Submissions, files, authors and conflicts.
    public static let draft: ServiceName = "DraftService"
    /// Invitations to committees.
    public static let invitation: ServiceName = "InvitationService"
    /// What reviewers and chairs say to each other.
    public static let discussion: ServiceName = "DiscussionService"
    /// Bids, assignments, reviews, rebuttals, decisions.
    public static let reviewProcess: ServiceName = "ReviewProcessService"
    /// Inboxes, live push and mail.
    public static let notification: ServiceName = "NotificationService"
}

extension ServiceName {
    /// The process that an operator started: it speaks for who has the machine.
    public static let `operator`: ServiceName = "operator"
}

extension QueueName {
    /// What people are to be told: events of type ``Notify``.
    public static let notifications: QueueName = "notifications"
}

extension TopicName {
    /// Says whose inbox has something new: the text is the account's id.
    public static let inboxes: TopicName = "inboxes"
}
