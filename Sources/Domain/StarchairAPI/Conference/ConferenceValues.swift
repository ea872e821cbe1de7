import PeerReview
import Platform

/// A conference, as everybody who may know of it sees it.
public struct ConferenceView: Codable, Hashable, Sendable {
    public var id: ConferenceID
    public var shortenForm: String
    public var fullName: String
    public var location: String
    public var startTime: Instant?
    public var stopSubmittingTime: Instant?
    public var publishingTime: Instant?
    public var topics: [String]
    /// The accounts of its chairs.
    public var chairman: [AccountID]
    public var status: ConferenceState
    public var settings: ConferenceSettings
    /// Rises with each change.
    public var version: Int64

    public init(id: ConferenceID, shortenForm: String, fullName: String, status: ConferenceState) {
        self.id = id
        self.shortenForm = shortenForm
        self.fullName = fullName
        self.status = status
        location = ""
        topics = []
        chairman = []
        settings = .standard
        version = 0
    }
}

/// A member of a committee.
public struct MemberView: Codable, Hashable, Sendable {
    public var confId: ConferenceID
    public var account: AccountID
    public var fullname: String
    public var role: CommitteeRole
    /// The addresses by which conflicts are found; services alone see them.
    public var addresses: [EmailAddress]?

    public init(
        confId: ConferenceID, account: AccountID, fullname: String, role: CommitteeRole
    ) {
        self.confId = confId
        self.account = account
        self.fullname = fullname
        self.role = role
    }
}

/// What somebody is to a conference.
public struct ConferenceStanding: Codable, Hashable, Sendable {
    public var conference: ConferenceView
    public var isChair: Bool
    public var isMember: Bool

    public init(conference: ConferenceView, isChair: Bool, isMember: Bool) {
        self.conference = conference
        self.isChair = isChair
        self.isMember = isMember
    }
}
