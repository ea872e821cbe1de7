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
        version = 0
    }
}
