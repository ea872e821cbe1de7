import StarchairAPI
import Testing
import Trials

/// Where a conference gets its people and papers.
struct TestDesk: Sendable {
    let installation: TestInstallation
    let conference: ConferenceID

    /// Puts somebody on the committee, or among the chairs.
    func add(_ account: AccountID, as role: String) -> Call {
        .json(
            "/api/conference/addPcMember/\(conference)",
            "{\"account\":\"\(account)\",\"role\":\"\(role)\"}")
    }

    func invite(_ address: String, as role: String = "member", message: String = "") -> Call {
        .json(
            "/api/invitation/createInvitation",
            """
            {"confId":"\(conference)","email":"\(address)","role":"\(role)",\
            "message":\(TestInstallation.quoted(message))}
            """)
    }

    /// Hands in a new paper.
    func paper(
        _ title: String, by author: Person?, with others: [Person] = []
    ) async throws -> SubmissionView {
        let form = Form(
            .file(PaperPDF.bytes(title: title), name: TestCommittee.Secret.fileName))
        let file: FileView = try await installation.answer(
            to: .upload(form).by(author)
        ).data()
        let authors = others.map {
            "{\"fullname\":\"\($0.account.fullname)\",\"email\":\"\($0.address)\"}"
        }.joined(separator: ",")
        let body = """
            {"confId":"\(conference)","title":"\(title)","summary":"About \(title).",\
            "file_id":"\(file.file_id)","authors":[\(authors)]}
            """
        return try await installation.answer(
            to: .json("/api/draft/submitDraft", body).by(author)
        ).data()
    }
}
