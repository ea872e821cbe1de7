import StarchairAPI
import Testing

/// Who may not see something cannot tell whether it is there.
@Suite struct SecrecyTests {
    let world: TestConference
    let submission: SubmissionView

    init() async throws {
        world = try await TestConference()
        submission = try await world.submission("A secret title")
    }

    /// People who have no part in the submission.
    private var outsiders: [Person?] {
        [nil, world.stranger, world.administrator, world.unverified]
    }

    /// The answers to a call about what is there and about what is not are the same bytes.
    private func expectAlike(
        _ person: Person?, _ real: String, _ call: (String) -> Call,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let unknown = String(real.reversed())
        let before = world.installation.footprint
        let first = try await world.answer(to: call(real).by(person))
        let second = try await world.answer(to: call(unknown).by(person))
        #expect(first.status == second.status, sourceLocation: sourceLocation)
        #expect((400..<500).contains(first.status), sourceLocation: sourceLocation)
        #expect(first.headers == second.headers, sourceLocation: sourceLocation)
        #expect(
            first.text.replacing(real, with: "id") == second.text.replacing(unknown, with: "id"),
            sourceLocation: sourceLocation)
        try world.installation.expectProblem(
            first, first.status, [first.problem().code], sourceLocation: sourceLocation)
        let isUnchanged = world.installation.footprint == before
        #expect(isUnchanged, sourceLocation: sourceLocation)
    }

    @Test func `a submission is there only for those who may see it`() async throws {
        for person in outsiders {
            try await expectAlike(person, submission.id.text) {
                .get("/api/draft/getDraftById/\($0)")
            }
        }
        for person in [world.author, world.coauthor, world.chair] {
            let call = Call.get("/api/draft/getDraftById/\(submission.id)").by(person)
            #expect(try await world.answer(to: call).status == 200)
        }
    }

    @Test func `its file is there only for those who may see it`() async throws {
        let file = try #require(submission.file_id)
        for person in outsiders {
            try await expectAlike(person, file.text) { .get("/api/draft/download/\($0)") }
            try await expectAlike(person, file.text) { id in
                world.submit("Mine now", file: FileID(id) ?? "none")
            }
        }
        let unused = try await world.file()
        for person in outsiders + [world.coauthor, world.chair] {
            try await expectAlike(person, unused.file_id.text) { .get("/api/draft/download/\($0)") }
        }
    }

    @Test func `nobody else changes it, whatever version they name`() async throws {
        for person in outsiders + [world.chair] {
            for version in ["1", "2"] {
                try await expectAlike(person, submission.id.text) { id in
                    .json(
                        "/api/draft/modifyDraft",
                        "{\"id\":\"\(id)\",\"version\":\(version),\"title\":\"Mine\"}")
                }
                try await expectAlike(person, submission.id.text) { id in
                    .json("/api/draft/modifyDraft", "{\"id\":\"\(id)\",\"title\":\"Mine\"}")
                        .with("If-Match", "\"\(version)\"")
                }
            }
        }
    }

    @Test func `no list shows it to others`() async throws {
        let id = world.conference.id.text
        for person in outsiders + [world.author] {
            try await expectAlike(person, id) { .get("/api/draft/getDraftByConference/\($0)") }
        }
        for person in [world.stranger, world.administrator, world.unverified, world.chair] {
            let answer = try await world.answer(to: .get("/api/draft/getDraftByAuthor").by(person))
            let page: ListPage<SubmissionView> = try answer.data()
            #expect(page.items.isEmpty && page.next == nil)
        }
    }

    @Test func `no other answer names it`() async throws {
        let file = try #require(submission.file_id)
        for person in outsiders {
            for path in RouteTests.reading + [
                "conference/getConferenceById/\(world.conference.id)",
                "user/getUserById/\(world.author.account.id)",
            ] {
                let text = try await world.answer(to: .get("/api/\(path)").by(person)).text
                for secret in [
                    submission.id.text, file.text, "A secret title", "\"\(world.author.address)",
                ] {
                    #expect(!text.contains(secret), "\(path)")
                }
            }
        }
    }

    @Test func `an author who was taken off sees nothing any more`() async throws {
        let body = "{\"id\":\"\(submission.id)\",\"version\":1,\"authors\":[]}"
        let answer = try await world.answer(
            to: .json("/api/draft/modifyDraft", body).by(world.author))
        #expect(answer.status == 200)
        let file = try #require(submission.file_id)
        try await expectAlike(world.coauthor, submission.id.text) {
            .get("/api/draft/getDraftById/\($0)")
        }
        try await expectAlike(world.coauthor, file.text) { .get("/api/draft/download/\($0)") }
    }

    @Test func `a conference that waits is there only for its chair`() async throws {
        let hidden = try await world.installation.propose("HIDDEN", by: world.chair)
        for person in [nil, world.stranger, world.author, world.unverified] {
            try await expectAlike(person, hidden.id.text) {
                .get("/api/conference/getConferenceById/\($0)")
            }
            try await expectAlike(person, hidden.id.text) {
                .json("/api/conference/changeStatus/\($0)", "{\"status\":\"submitting\"}")
            }
            try await expectAlike(person, hidden.id.text) {
                .post("/api/conference/approveConference/\($0)")
            }
            try await expectAlike(person, hidden.id.text) {
                .get("/api/draft/getDraftByConference/\($0)")
            }
        }
    }

    @Test func `handing in does not tell which conferences wait`() async throws {
        let hidden = try await world.installation.propose("HIDDEN", by: world.chair)
        let file = try await world.file(by: world.stranger)
        try await expectAlike(world.stranger, hidden.id.text) { id in
            .json(
                "/api/draft/submitDraft",
                "{\"confId\":\"\(id)\",\"title\":\"T\",\"summary\":\"S\","
                    + "\"file_id\":\"\(file.file_id)\"}")
        }
    }
}
