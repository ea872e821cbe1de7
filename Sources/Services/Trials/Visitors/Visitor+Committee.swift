import PeerReview
import Platform
import StarchairAPI

extension Visitor {
    struct ReasonBody: Encodable {
        var reason: String?
    }

    /// Invites the reader of an address, as a chair.
    public func invite(
        _ email: EmailAddress, to conference: ConferenceID, as role: CommitteeRole = .member
    ) async -> Told<InvitationView> {
        await post(
            "/api/invitation/createInvitation",
            CreateInvitation(confId: conference, email: email, role: role, message: nil),
            intention: newIntention())
    }

    /// Takes an invitation back, as a chair.
    public func withdrawInvitation(_ id: InvitationID) async -> Told<InvitationView> {
        await post(
            "/api/invitation/withdraw/\(id.text)", NoBody(), intention: newIntention())
    }

    /// Accepts or declines an invitation.
    public func answer(
        _ id: InvitationID, accept: Bool
    ) async -> Told<InvitationView> {
        await post(
            "/api/invitation/\(accept ? "approve" : "reject")/\(id.text)",
            ReasonBody(reason: accept ? nil : "No time."), intention: newIntention())
    }

    /// The invitations to the own address.
    public func receivedInvitations() async -> Told<ListPage<InvitationView>> {
        await post("/api/invitation/received", NoBody())
    }

    /// The committee of a conference.
    public func members(of conference: ConferenceID) async -> [MemberView]? {
        await all("/api/conference/getPcMembers/\(conference.text)", isPost: false)
    }

    /// A conference.
    public func conference(_ id: ConferenceID) async -> Told<ConferenceView> {
        await get("/api/conference/getConferenceById/\(id.text)")
    }

    /// Declares a conflict of somebody, or of oneself.
    public func declareConflict(
        of account: AccountID?, with submission: SubmissionID, kind: ConflictKind = .coauthor
    ) async -> Told<ConflictView> {
        await post(
            "/api/draft/declareConflict",
            DeclareConflict(draftId: submission, account: account, kind: kind, reason: nil),
            intention: newIntention())
    }

    /// All items of a list, page by page; nil when one page could not be had.
    public func all<Item: Codable & Hashable & Sendable>(
        _ path: String, isPost: Bool, as type: Item.Type = Item.self
    ) async -> [Item]? {
        var items: [Item] = []
        var next = ""
        while true {
            let place = "\(path)?limit=20\(next)"
            let told: Told<ListPage<Item>> =
                isPost ? await post(place, NoBody()) : await get(place)
            guard let page = told.value else { return nil }
            items += page.items
            guard let cursor = page.next else { return items }
            next = "&after=\(cursor.text)"
        }
    }
}
