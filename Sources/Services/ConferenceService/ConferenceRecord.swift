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
    /// Nil: the standard ones.
    var settings: ConferenceSettings?

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
        view.settings = settings ?? .standard
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

/// A member of a committee as it is stored.
struct MemberRecord: Codable, Sendable {
    /// What ``place`` names.
    enum Place {}

    /// The member's place in the committee: by chance, so that no order that others see says
    /// anything about who stands in it.
    var place: ID<Place>
    var conference: ConferenceID
    var account: AccountID
    var fullname: String
    var addresses: [EmailAddress]
    var joined: Instant

    static let collection = DocumentCollection<MemberRecord>("members") { member in
        [
            IndexEntry(
                index: "conference",
                key: [.text(member.conference.text), .text(member.place.text)]),
            IndexEntry(
                index: "account",
                key: [.text(member.account.text), .text(member.joined.description)]),
        ]
    }

    static func id(_ conference: ConferenceID, _ account: AccountID) -> String {
        "\(conference.text)/\(account.text)"
    }

    func view(forService: Bool) -> MemberView {
        var view = MemberView(
            confId: conference, account: account, fullname: fullname, role: .member)
        if forService { view.addresses = addresses }
        return view
    }
}
