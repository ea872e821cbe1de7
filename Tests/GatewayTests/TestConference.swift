import PeerReview
import StarchairAPI
import Testing
import Trials

/// An installation with people and a conference that takes submissions.
struct TestConference: Sendable {
    let installation: TestInstallation
    let administrator: Person
    let chair: Person
    let author: Person
    let coauthor: Person
    let stranger: Person
    /// Somebody who claims the co-author's address without having shown to hold it.
    let unverified: Person
    let conference: ConferenceView

    static let paper = PaperPDF.bytes(title: "A paper")

    init(_ configuration: TestInstallation.Configuration = .init()) async throws {
        installation = try await TestInstallation(configuration)
        administrator = try await installation.administrator()
        chair = try await installation.person("chair")
        author = try await installation.person("author")
        coauthor = try await installation.person("coauthor")
        stranger = try await installation.person("stranger")
        unverified = try await installation.person(
            "unverified", address: coauthor.address, verified: false)
        let proposed = try await installation.propose("OPEN", by: chair)
        try await installation.approve(proposed, by: administrator)
        conference = try await installation.move(proposed, to: .submitting, by: chair)
    }

    func answer(to call: Call) async throws -> Answer { try await installation.answer(to: call) }

    /// A new file of the author.
    func file(by person: Person? = nil) async throws -> FileView {
        try await answer(to: .upload(Form(.file(Self.paper))).by(person ?? author)).data()
    }

    /// A submission by the author and the co-author.
    func submission(_ title: String = "A title") async throws -> SubmissionView {
        let file = try await file()
        return try await answer(to: submit(title, file: file.file_id).by(author)).data()
    }

    func submit(_ title: String, file: FileID) -> Call {
        .json(
            "/api/draft/submitDraft",
            """
            {"confId":"\(conference.id)","title":\(TestInstallation.quoted(title)),\
            "summary":"About it.","file_id":"\(file)",\
            "authors":[{"fullname":"Dr Co","email":"\(coauthor.address)"}]}
            """)
    }
}

extension TestInstallation {
    func propose(_ name: String, by person: Person) async throws -> ConferenceView {
        // A committee of nobody, so that it can open at once.
        let body = """
            {"shortenForm":"\(name)","fullName":"Conference \(name)",\
            "settings":{"committeeSizeMinimum":0}}
            """
        return try await answer(
            to: .json("/api/conference/createConference", body).by(person)
        ).data()
    }

    func approve(_ conference: ConferenceView, by person: Person) async throws {
        let call = Call.post("/api/conference/approveConference/\(conference.id)")
        _ = try await answer(to: call.by(person)).data(ConferenceView.self)
    }

    @discardableResult
    func move(
        _ conference: ConferenceView, to state: ConferenceState, by person: Person
    ) async throws -> ConferenceView {
        let body = Self.text(["status": state.rawValue])
        return try await answer(
            to: .json("/api/conference/changeStatus/\(conference.id)", body).by(person)
        ).data()
    }
}
