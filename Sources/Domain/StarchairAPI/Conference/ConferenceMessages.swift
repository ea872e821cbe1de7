import Cluster
import PeerReview
import Platform

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
}

/// Proposes a conference, which an administrator then approves or refuses.
public struct ProposeConference: Message {
    public typealias Reply = ConferenceView
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "proposeConference"
    public static let kind = MessageKind.command

    public var shortenForm: String
    public var fullName: String
    public var location: String?
    public var startTime: Instant?
    public var stopSubmittingTime: Instant?
    public var publishingTime: Instant?
    /// At most 100.
    public var topics: [String]?
}

/// Approves or refuses a proposed conference; administrators only.
public struct JudgeConference: Message {
    public typealias Reply = ConferenceView
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "judgeConference"
    public static let kind = MessageKind.command

    public var conference: ConferenceID
    public var approve: Bool

    public init(conference: ConferenceID, approve: Bool) {
        self.conference = conference
        self.approve = approve
    }
}

/// Moves a conference to another state; its chairs only.
public struct ChangeConferenceState: Message {
    public typealias Reply = ConferenceView
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "changeState"
    public static let kind = MessageKind.command

    public var conference: ConferenceID
    public var state: ConferenceState

    public init(conference: ConferenceID, state: ConferenceState) {
        self.conference = conference
        self.state = state
    }
}

/// Closes a conference for submissions because its deadline has come; the service itself only.
public struct CloseAtDeadline: Message {
    public typealias Reply = ConferenceView
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "closeAtDeadline"
    public static let kind = MessageKind.command

    public var conference: ConferenceID

    public init(conference: ConferenceID) { self.conference = conference }
}

/// One conference.
public struct GetConference: Message {
    public typealias Reply = ConferenceView
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "getConference"
    public static let kind = MessageKind.query

    public var conference: ConferenceID

    public init(conference: ConferenceID) { self.conference = conference }
}

/// Several conferences at once; those that the asker may not know of are missing.
public struct GetConferences: Message {
    public typealias Reply = Listed<ConferenceView>
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "getConferences"
    public static let kind = MessageKind.query

    /// At most as many as a page of a list has rows.
    public var conferences: [ConferenceID]

    public init(conferences: [ConferenceID]) { self.conferences = conferences }
}

/// A page of conferences.
public struct ListConferences: Message {
    public typealias Reply = ListPage<ConferenceView>
    public typealias Code = ConferenceRefusal
    public static let service = ServiceName.conference
    public static let name = "listConferences"
    public static let kind = MessageKind.query

    /// Which conferences.
    public enum Selection: String, Codable, Sendable {
        /// Those that everybody may know of.
        case accepted
        /// Those that wait for an administrator; administrators only.
        case unchecked
        /// Those that the asker chairs.
        case chaired
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
