import PeerReview
import Platform
import StarchairAPI

/// An empty body.
struct NoBody: Encodable {}

extension Visitor {
    /// What a new account is told to the installation.
    struct NewAccount: Encodable {
        var username: String
        var password: String
        var email: String
        var fullname: String
    }

    struct Credentials: Encodable {
        var username: String
        var password: String
    }

    struct TokenBody: Encodable {
        var token: String
    }

    /// Opens an account; its link goes to the address.
    public func register(
        username: String, password: String, email: String, fullname: String
    ) async -> Told<AccountView> {
        let account = NewAccount(
            username: username, password: password, email: email, fullname: fullname)
        return await post("/api/user/register", account, intention: newIntention())
    }

    /// Opens the link of a letter.
    public func verify(_ token: String) async -> Told<AccountView> {
        await post("/api/user/verify", TokenBody(token: token), intention: newIntention())
    }

    /// Signs in with a password.
    public func signIn(username: String, password: String) async -> Told<AccountView> {
        await post(
            "/api/user/login", Credentials(username: username, password: password))
    }

    /// Signs in with an administrator's link.
    public func redeemLink(_ token: String) async -> Told<AccountView> {
        await post("/api/user/redeemLink", TokenBody(token: token))
    }

    /// Ends the session.
    public func signOut() async -> Told<Bool> {
        await post("/api/user/logout", NoBody())
    }

    struct NewConference: Encodable {
        var shortenForm: String
        var fullName: String
        var settings: ConferenceSettings
        var stopSubmittingTime: Instant?
    }

    struct NewState: Encodable {
        var status: ConferenceState
    }

    /// Proposes a conference, which closes by itself at its deadline if it is given one.
    public func propose(
        shortForm: String, fullName: String, settings: ConferenceSettings,
        deadline: Instant? = nil
    ) async -> Told<ConferenceView> {
        let conference = NewConference(
            shortenForm: shortForm, fullName: fullName, settings: settings,
            stopSubmittingTime: deadline)
        return await post(
            "/api/conference/createConference", conference, intention: newIntention())
    }

    /// Approves a conference, as an administrator.
    public func approve(_ id: ConferenceID) async -> Told<ConferenceView> {
        await post(
            "/api/conference/approveConference/\(id.text)", NoBody(), intention: newIntention())
    }

    /// Moves a conference, as its chair.
    public func move(_ id: ConferenceID, to state: ConferenceState) async -> Told<ConferenceView> {
        await post(
            "/api/conference/changeStatus/\(id.text)", NewState(status: state),
            intention: newIntention())
    }

    struct NewDeadline: Encodable {
        var stopSubmittingTime: Instant?
    }

    /// Sets when a conference closes, as its chair.
    public func moveDeadline(
        of id: ConferenceID, to deadline: Instant?
    ) async -> Told<ConferenceView> {
        await post(
            "/api/conference/changeDeadline/\(id.text)",
            NewDeadline(stopSubmittingTime: deadline), intention: newIntention())
    }

    struct NewSubmission: Encodable {
        var confId: ConferenceID
        var title: String
        var summary: String
        var authors: [Author]
        var file_id: FileID
    }

    /// Hands in a submission.
    public func submit(
        _ title: String, to conference: ConferenceID, file: FileID, authors: [Author],
        intention: String
    ) async -> Told<SubmissionView> {
        await post(
            "/api/draft/submitDraft",
            NewSubmission(
                confId: conference, title: title, summary: "About \(title).", authors: authors,
                file_id: file), intention: intention)
    }

    struct NewTitle: Encodable {
        var id: SubmissionID
        var version: Int64
        var title: String
    }

    /// Gives a submission another title.
    public func retitle(
        _ id: SubmissionID, from version: Int64, to title: String
    ) async -> Told<SubmissionView> {
        await post(
            "/api/draft/modifyDraft", NewTitle(id: id, version: version, title: title),
            intention: newIntention())
    }

    /// Reads a submission.
    public func read(_ id: SubmissionID) async -> Told<SubmissionView> {
        await get("/api/draft/getDraftById/\(id.text)")
    }

    /// Reads a file.
    public func download(_ id: FileID) async -> Told<[UInt8]> {
        await getBytes("/api/draft/download/\(id.text)")
    }

    /// All submissions of a list, page by page; nil when one page could not be had.
    public func allDrafts(_ path: String) async -> [SubmissionView]? {
        var items: [SubmissionView] = []
        var next = ""
        while true {
            let told: Told<ListPage<SubmissionView>> = await get("\(path)?limit=20\(next)")
            guard let page = told.value else { return nil }
            items += page.items
            guard let cursor = page.next else { return items }
            next = "&after=\(cursor.text)"
        }
    }
}
