import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

/// A conference as it is stored.
struct ConferenceRecord: Codable, Sendable {
    var id: ConferenceID
    var shortenForm: String
    var fullName: String
    var location: String
    var startTime: Instant?
    var stopSubmittingTime: Instant?
    var publishingTime: Instant?
    var topics: [String]
    var chairs: [AccountID]
    var state: ConferenceState
    var proposed: Instant

    static let collection = DocumentCollection<ConferenceRecord>("conferences") { conference in
        let moment = IndexKey.Part.text(conference.proposed.description)
        let standing = conference.state.isPublic ? "public" : conference.state.rawValue
        let deadline = conference.deadline.map { deadline in
            IndexEntry(index: deadlineIndex, key: [.text(deadline.description)])
        }
        return [IndexEntry(index: "standing", key: [.text(standing), moment])]
            + [deadline].compactMap(\.self)
            + conference.chairs.map { IndexEntry(index: "chair", key: [.text($0.text), moment]) }
    }

    /// The conferences that wait for their deadline, the next one first.
    static let deadlineIndex = "deadline"

    /// When the conference closes by itself; nil when it does not.
    var deadline: Instant? { state.openWindows.contains(.submission) ? stopSubmittingTime : nil }

    func view(version: Int64) -> ConferenceView {
        var view = ConferenceView(
            id: id, shortenForm: shortenForm, fullName: fullName, status: state)
        view.location = location
        view.startTime = startTime
        view.stopSubmittingTime = stopSubmittingTime
        view.publishingTime = publishingTime
        view.topics = topics
        view.chairman = chairs
        view.version = version
        return view
    }

    /// Whether somebody may know of the conference.
    func isKnown(to principal: Principal) -> Bool {
        state.isPublic || principal.isAdministrator || isChaired(by: principal)
            || principal.actor.serviceName != nil
    }

    func isChaired(by principal: Principal) -> Bool {
        principal.accountID.map(chairs.contains) ?? false
    }
}
