import PeerReview
import Platform
import StarchairAPI

extension SmokeTrial {
    /// Hands in one submission and looks at it from all sides.
    func handIn(
        _ author: Visitor, _ other: Visitor, _ conference: ConferenceView
    ) async throws {
        let title = "On Smoke, by \(author.name)"
        let content = PaperPDF.bytes(title: title, fillerByteCount: 30_000)
        let uploaded: Told<FileView> = await author.upload(
            content, name: "paper 论文.pdf", intention: author.newIntention())
        report.check(
            "an upload is kept whole", uploaded.value?.sha256 == Self.sha256(content),
            found: "\(uploaded)")
        guard let file = uploaded.value else {
            throw Stopped(description: "no file could be uploaded: \(uploaded)")
        }
        let intention = author.newIntention()
        let coauthors = [
            Author(fullname: "مؤلف مشارك", email: Self.coauthorAddress, company: "Ünï")
        ]
        let told = await author.submit(
            title, to: conference.id, file: file.file_id, authors: coauthors, intention: intention)
        report.check("a submission is accepted", told.value != nil, found: "\(told)")
        guard let view = told.value else {
            throw Stopped(description: "nothing could be submitted: \(told)")
        }
        try await journal.append(
            .submission(view, author: author.name, sha256: Self.sha256(content)))
        let again = await author.submit(
            title, to: conference.id, file: file.file_id, authors: coauthors, intention: intention)
        report.check("submitted twice under one key is submitted once", again == told)
        let read = await author.read(view.id)
        report.check("the author reads what was submitted", read == told, found: "\(read)")
        let bytes = await author.download(file.file_id)
        report.check("the author downloads the same bytes", bytes.value == content)
        await keepOut(other, view, file)
        try await change(author, view, sha256: Self.sha256(content))
    }

    private static var coauthorAddress: EmailAddress {
        guard let address = EmailAddress("coauthor@example.org") else {
            preconditionFailure("the co-author's address is well formed")
        }
        return address
    }

    /// Somebody else, the administrator and a visitor without a session see nothing.
    private func keepOut(_ other: Visitor, _ view: SubmissionView, _ file: FileView) async {
        let nobody = Visitor("nobody", port: stage.port, platform: stage.platform)
        let read = await other.read(view.id)
        report.check("another author is refused", read.code == "noSuchSubmission")
        let bytes = await other.download(file.file_id)
        report.check("another author is refused the file", bytes.code == "noSuchFile")
        let anonymous = await nobody.read(view.id)
        report.check("a visitor without a session is refused", anonymous.code == "signInRequired")
        let anonymousBytes = await nobody.download(file.file_id)
        report.check(
            "a visitor without a session is refused the file",
            anonymousBytes.code == "signInRequired")
    }

    private func change(_ author: Visitor, _ view: SubmissionView, sha256: String) async throws {
        let title = "\(view.title ?? ""), revised"
        let changed = await author.retitle(view.id, from: view.version, to: title)
        report.check(
            "the author changes the title",
            changed.value?.title == title && changed.value?.version == view.version + 1)
        if let changed = changed.value {
            try await journal.append(.submission(changed, author: author.name, sha256: sha256))
        }
        let stale = await author.retitle(view.id, from: view.version, to: "Stale")
        report.check("a change of an old version is refused", stale.code == "versionConflict")
    }

    /// Bad input is refused.
    func refuse(_ author: Visitor, _ conference: ConferenceView) async throws {
        let text: Told<FileView> = await author.upload(
            Array("This is no PDF.".utf8), name: "paper.pdf", intention: author.newIntention())
        report.check("a file that is no PDF is refused", text.code == "notAPDF", found: "\(text)")
        let large: Told<FileView> = await author.upload(
            [UInt8](repeating: 0x25, count: 20 * 1024 * 1024 + 1), name: "paper.pdf",
            intention: author.newIntention())
        report.check(
            "a file over 20 MiB is refused", large.code == "fileTooLarge", found: "\(large)")
        let nowhere = await author.submit(
            "Lost", to: "no-such-conference", file: "no-such-file", authors: [],
            intention: author.newIntention())
        report.check(
            "a submission to no conference is refused", nowhere.code == "noSuchConference")
        _ = await author.signOut()
        let out: Told<AccountView> = await author.get("/api/user/info")
        report.check("a session ends when its owner signs out", out.code == "signInRequired")
        let name = author.name
        let back = await author.signIn(username: name, password: Arrival.password(of: name))
        report.check("its owner signs in again", back.value != nil)
        if let session = await author.sessionToken {
            try await journal.append(.person(name: name, session: session))
        }
    }
}
