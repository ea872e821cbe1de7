import PeerReview
import Platform
import Ports
import StarchairAPI

/// An invitation as it is stored.
struct InvitationRecord: Codable, Sendable {
    var id: InvitationID
    var conference: ConferenceID
    var shortenForm: String
    var inviter: AccountID
    var email: EmailAddress
    var role: CommitteeRole
    var message: String
    var status: InvitationStatus
    var reason: String
    var created: Instant

    static let collection = DocumentCollection<InvitationRecord>("invitations") { invitation in
        let moment = IndexKey.Part.text(invitation.created.description)
        return [
            IndexEntry(index: "received", key: [.text(invitation.email.text), moment]),
            IndexEntry(index: "sent", key: [.text(invitation.inviter.text), moment]),
        ]
    }

    var view: InvitationView {
        InvitationView(
            id: id, confId: conference, shortenForm: shortenForm, inviter: inviter,
            email: email, role: role, message: message, status: status, reason: reason,
            created: created)
    }
}

/// The open invitation of an address to a role: there is one at most.
struct OpenInvitation: Codable, Sendable {
    var invitation: InvitationID

    static let collection = DocumentCollection<OpenInvitation>("open")

    static func id(_ invitation: InvitationRecord) -> String {
        "\(invitation.conference.text)/\(invitation.role.rawValue)/\(invitation.email.text)"
    }
}
