import Platform
import Ports
import StarchairAPI

/// A notification as it is stored.
struct NotificationRecord: Codable, Sendable {
    var id: NotificationID
    var receiver: AccountID
    var sequence: Int64
    var event: NotificationEvent
    var status: NotificationStatus
    var created: Instant

    static let collection = DocumentCollection<NotificationRecord>("notifications") {
        [IndexEntry(index: "inbox", key: [.text($0.receiver.text), .integer($0.sequence)])]
    }

    var view: NotificationView {
        NotificationView(
            id: id, sequence: sequence, receiver: receiver, event: event, status: status,
            created: created)
    }

    /// The place in the inbox behind the notification of this number.
    static func place(after sequence: Int64, of receiver: AccountID) -> PageCursor {
        // No id is greater than the one of the greatest scalar.
        PageCursor(
            keyBytes: IndexKey([.text(receiver.text), .integer(sequence)]).bytes,
            id: "\u{10FFFF}")
    }
}

/// How many notifications somebody's inbox has had; the document's id is the account's.
struct InboxRecord: Codable, Sendable {
    var last: Int64

    static let collection = DocumentCollection<InboxRecord>("inboxes")
}

/// A letter on its way to the mail system.
struct OutgoingLetter: Codable, Sendable {
    var recipient: String
    var subject: String
    var text: String
}
