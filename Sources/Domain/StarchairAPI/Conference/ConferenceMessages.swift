import Cluster
import PeerReview
import Platform

/// A message to the ConferenceService.
public protocol ConferenceMessage: Message where Code == ConferenceRefusal {}

extension ConferenceMessage {
    public static var service: ServiceName { .conference }
}

/// Why the ConferenceService declines.
public enum ConferenceRefusal: String, RefusalCode {
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
    /// The conference is not in a state that allows this; parameters `from`, `to`.
    case wrongState
    /// The committee has too few members; parameters `members`, `needed`.
    case committeeTooSmall
    /// There is no such account, or its address is not verified.
    case noSuchAccount
}

/// Proposes a conference, which an administrator then approves or refuses.
public struct ProposeConference: ConferenceMessage, Command {
    public typealias Reply = ConferenceView
    public static let name = "proposeConference"

    public var shortenForm: String
    public var fullName: String
    public var location: String?
    public var startTime: Instant?
    public var stopSubmittingTime: Instant?
    public var publishingTime: Instant?
    /// At most 100.
    public var topics: [String]?
    public var settings: ConferenceSettings?
}

/// Approves or refuses a proposed conference; administrators only.
public struct JudgeConference: ConferenceMessage, Command {
    public typealias Reply = ConferenceView
    public static let name = "judgeConference"

    public var conference: ConferenceID
    public var approve: Bool

    public init(conference: ConferenceID, approve: Bool) {
        self.conference = conference
        self.approve = approve
    }
}

/// Moves a conference to another state; its chairs only.
public struct ChangeConferenceState: ConferenceMessage, Command {
    public typealias Reply = ConferenceView
    public static let name = "changeState"

    public var conference: ConferenceID
    public var state: ConferenceState

    public init(conference: ConferenceID, state: ConferenceState) {
        self.conference = conference
        self.state = state
    }
}

/// Sets when a conference closes for submissions, or that it does not close by itself; its chairs
/// only, before it has closed.
public struct MoveDeadline: ConferenceMessage, Command {
    public typealias Reply = ConferenceView
    public static let name = "moveDeadline"

    public var conference: ConferenceID
    /// A moment to come; nil for none.
    public var stopSubmittingTime: Instant?

    public init(conference: ConferenceID, stopSubmittingTime: Instant?) {
        self.conference = conference
        self.stopSubmittingTime = stopSubmittingTime
    }
}

/// Closes a conference for submissions because its deadline has come; the service itself only.
public struct CloseAtDeadline: ConferenceMessage, Command {
    public typealias Reply = ConferenceView
    public static let name = "closeAtDeadline"

    public var conference: ConferenceID

    public init(conference: ConferenceID) { self.conference = conference }
}

/// One conference.
public struct GetConference: ConferenceMessage, Query {
    public typealias Reply = ConferenceView
    public static let name = "getConference"

    public var conference: ConferenceID

    public init(conference: ConferenceID) { self.conference = conference }
}

/// Several conferences at once; those that the asker may not know of are missing.
public struct GetConferences: ConferenceMessage, Query {
    public typealias Reply = Listed<ConferenceView>
    public static let name = "getConferences"

    /// At most as many as a page of a list has rows.
    public var conferences: [ConferenceID]

    public init(conferences: [ConferenceID]) { self.conferences = conferences }
}

/// A page of conferences.
public struct ListConferences: ConferenceMessage, Query {
    public typealias Reply = ListPage<ConferenceView>
    public static let name = "listConferences"

    /// Which conferences.
    public enum Selection: String, Codable, Sendable {
        /// Those that everybody may know of.
        case accepted
        /// Those that wait for an administrator; administrators only.
        case unchecked
        /// Those that the asker chairs.
        case chaired
        /// Those whose committee the asker is in.
        case served
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

/// Puts somebody on a conference's committee; chairs, and the InvitationService for who accepted.
public struct AddMember: ConferenceMessage, Command {
    public typealias Reply = MemberView
    public static let name = "addMember"

    public var conference: ConferenceID
    public var account: AccountID
    public var role: CommitteeRole

    public init(conference: ConferenceID, account: AccountID, role: CommitteeRole) {
        self.conference = conference
        self.account = account
        self.role = role
    }
}

/// A page of a conference's committee.
public struct ListMembers: ConferenceMessage, Query {
    public typealias Reply = ListPage<MemberView>
    public static let name = "listMembers"

    public var conference: ConferenceID
    public var after: ListCursor?
    public var limit: Int

    public init(conference: ConferenceID, after: ListCursor?, limit: Int) {
        self.conference = conference
        self.after = after
        self.limit = limit
    }
}

/// What somebody is to conferences; services only.
public struct GetConferenceStandings: ConferenceMessage, Query {
    public typealias Reply = Listed<ConferenceStanding>
    public static let name = "getStandings"

    /// At most as many as a page of a list has rows; those that do not exist are missing.
    public var conferences: [ConferenceID]
    public var account: AccountID?

    public init(conferences: [ConferenceID], account: AccountID?) {
        self.conferences = conferences
        self.account = account
    }
}

/// Notes that a conference's decisions are released; the ReviewProcessService only, which decides
/// that.
public struct NoteRelease: ConferenceMessage, Command {
    public typealias Reply = Done
    public static let name = "noteRelease"

    public var conference: ConferenceID

    public init(conference: ConferenceID) { self.conference = conference }
}
