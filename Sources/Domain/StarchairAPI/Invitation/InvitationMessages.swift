import Cluster
import PeerReview
import Platform

/// A message to the InvitationService.
public protocol InvitationMessage: Message where Code == InvitationRefusal {}

extension InvitationMessage {
    public static var service: ServiceName { .invitation }
}

/// Why the InvitationService declines.
public enum InvitationRefusal: String, RefusalCode {
    /// Nobody is signed in.
    case signInRequired
    /// The asker may not do this.
    case forbidden
    /// The account has not verified its address yet.
    case addressNotVerified
    /// The text of a field breaks its rule; parameter `field`.
    case invalidField
    /// There is no such conference, or the asker may not know of it.
    case noSuchConference
    /// The conference takes nobody on any more.
    case wrongState
    /// There is no such invitation.
    case noSuchInvitation
    /// The invitation is for another address than the asker's.
    case otherAddress
    /// The invitation was answered or withdrawn already; parameter `status`.
    case alreadyAnswered
    /// The address has an open invitation to the same role already.
    case alreadyInvited
}

/// Invites the reader of an address to a conference's committee; its chairs only.
public struct CreateInvitation: InvitationMessage, Command {
    public typealias Reply = InvitationView
    public static let name = "createInvitation"

    public var confId: ConferenceID
    public var email: EmailAddress
    /// Nil: a member.
    public var role: CommitteeRole?
    /// A few words of the chair's own.
    public var message: String?

    public init(
        confId: ConferenceID, email: EmailAddress, role: CommitteeRole?, message: String?
    ) {
        self.confId = confId
        self.email = email
        self.role = role
        self.message = message
    }
}

/// Accepts or declines an invitation; who has verified its address only.
public struct AnswerInvitation: InvitationMessage, Command {
    public typealias Reply = InvitationView
    public static let name = "answerInvitation"

    public var id: InvitationID
    public var accept: Bool
    /// Why not, or whom to ask instead.
    public var reason: String?

    public init(id: InvitationID, accept: Bool, reason: String?) {
        self.id = id
        self.accept = accept
        self.reason = reason
    }
}

/// Takes an open invitation back; the conference's chairs only.
public struct WithdrawInvitation: InvitationMessage, Command {
    public typealias Reply = InvitationView
    public static let name = "withdrawInvitation"

    public var id: InvitationID

    public init(id: InvitationID) { self.id = id }
}

/// A page of invitations.
public struct ListInvitations: InvitationMessage, Query {
    public typealias Reply = ListPage<InvitationView>
    public static let name = "listInvitations"

    /// Which invitations.
    public enum Selection: String, Codable, Sendable {
        /// Those to the asker's verified address.
        case received
        /// Those that the asker made.
        case sent
    }

    public var selection: Selection
    public var after: ListCursor?
    public var limit: Int

    public init(selection: Selection, after: ListCursor?, limit: Int) {
        self.selection = selection
        self.after = after
        self.limit = limit
    }
}

/// An invitation, as its two sides see it.
public struct InvitationView: Codable, Hashable, Sendable {
    public var id: InvitationID
    public var confId: ConferenceID
    /// The conference's short name when the invitation was made.
    public var shortenForm: String
    public var inviter: AccountID
    public var email: EmailAddress
    public var role: CommitteeRole
    public var message: String
    public var status: InvitationStatus
    public var reason: String
    public var created: Instant

    public init(
        id: InvitationID, confId: ConferenceID, shortenForm: String, inviter: AccountID,
        email: EmailAddress, role: CommitteeRole, message: String, status: InvitationStatus,
        reason: String, created: Instant
    ) {
        self.id = id
        self.confId = confId
        self.shortenForm = shortenForm
        self.inviter = inviter
        self.email = email
        self.role = role
        self.message = message
        self.status = status
        self.reason = reason
        self.created = created
    }
}

/// Where an invitation stands.
public enum InvitationStatus: String, Codable, Hashable, Sendable {
    case pending, accepted, declined, withdrawn
}
