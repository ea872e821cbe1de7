import Cluster
import PeerReview
import Platform

/// A message to the NotificationService.
public protocol NotificationMessage: Message where Code == NotificationRefusal {}

extension NotificationMessage {
    public static var service: ServiceName { .notification }
}

/// Why the NotificationService declines.
public enum NotificationRefusal: String, RefusalCode {
    /// Nobody is signed in.
    case signInRequired
    /// The asker may not do this.
    case forbidden
    /// There is no such notification, or it is not the asker's.
    case noSuchNotification
}

/// Tells somebody that something happened: in the inbox, live, and by a letter; services only,
/// by the queue ``Ports/QueueName/notifications``.
public struct Notify: NotificationMessage, Command {
    public typealias Reply = Done
    public static let name = "notify"

    public var recipient: Recipient
    public var event: NotificationEvent

    public init(recipient: Recipient, event: NotificationEvent) {
        self.recipient = recipient
        self.event = event
    }
}

/// Sends a letter that is for no inbox; services only.
public struct SendLetter: NotificationMessage, Command {
    public typealias Reply = Done
    public static let name = "sendLetter"

    public var address: EmailAddress
    public var subject: String
    /// It may hold the token of a link: it is forgotten when the letter is on its way.
    public var text: String

    public init(address: EmailAddress, subject: String, text: String) {
        self.address = address
        self.subject = subject
        self.text = text
    }
}

/// A page of the asker's inbox, the newest first.
public struct ListNotifications: NotificationMessage, Query {
    public typealias Reply = ListPage<NotificationView>
    public static let name = "listNotifications"

    public var after: ListCursor?
    public var limit: Int

    public init(after: ListCursor?, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// What came into the asker's inbox after a sequence number, the oldest first; what an open page
/// shows, and asks for when it comes back.
public struct ReadInbox: NotificationMessage, Query {
    public typealias Reply = Listed<NotificationView>
    public static let name = "readInbox"

    /// Zero for all.
    public var after: Int64
    public var limit: Int

    public init(after: Int64, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// One notification of the asker.
public struct GetNotification: NotificationMessage, Query {
    public typealias Reply = NotificationView
    public static let name = "getNotification"

    public var id: NotificationID

    public init(id: NotificationID) { self.id = id }
}

/// Marks a notification as read or unread.
public struct ChangeNotificationStatus: NotificationMessage, Command {
    public typealias Reply = NotificationView
    public static let name = "changeStatus"

    public var id: NotificationID
    public var status: NotificationStatus

    public init(id: NotificationID, status: NotificationStatus) {
        self.id = id
        self.status = status
    }
}
