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

/// A message to the UserService.
public protocol UserMessage: Message where Code == UserRefusal {}
/// A message to the ConferenceService.
public protocol ConferenceMessage: Message where Code == ConferenceRefusal {}
/// A message to the DraftService.
public protocol DraftMessage: Message where Code == DraftRefusal {}
/// A message to the InvitationService.
public protocol InvitationMessage: Message where Code == InvitationRefusal {}
/// A message to the DiscussionService.
public protocol DiscussionMessage: Message where Code == DiscussionRefusal {}
/// A message to the ReviewProcessService.
public protocol ReviewProcessMessage: Message where Code == ReviewProcessRefusal {}
/// A message to the NotificationService.
public protocol NotificationMessage: Message where Code == NotificationRefusal {}

extension UserMessage {
    public static var service: ServiceName { .user }
}
extension ConferenceMessage {
    public static var service: ServiceName { .conference }
}
extension DraftMessage {
    public static var service: ServiceName { .draft }
}
extension InvitationMessage {
    public static var service: ServiceName { .invitation }
}
extension DiscussionMessage {
    public static var service: ServiceName { .discussion }
}
extension ReviewProcessMessage {
    public static var service: ServiceName { .reviewProcess }
}
extension NotificationMessage {
    public static var service: ServiceName { .notification }
}
