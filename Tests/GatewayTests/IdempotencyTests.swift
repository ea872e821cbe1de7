import StarchairAPI
import Testing

/// A command that comes twice has one effect, and a key is its sender's own.
@Suite struct IdempotencyTests {
    let world: TestConference

    init() async throws { world = try await TestConference() }

    /// One of each command that bears a key.
    private func commands() async throws -> [(Call, Person?)] {
        let proposed = try await world.installation.propose("TWICE", by: world.chair)
        let second = try await world.installation.propose("THRICE", by: world.chair)
        let submission = try await world.submission()
        let file = try await world.file()
        let newcomer = try await world.installation.register("late")
        let token = try #require(try world.installation.verificationToken(for: newcomer))
        return [
            (.json("/api/user/register", Endpoint.all[0].body()), nil),
            (.json("/api/user/verify", TestInstallation.text(["token": token])), nil),
            (.json(Endpoint.all[4].path, Endpoint.all[4].body()), world.chair),
            (.post("/api/conference/approveConference/\(proposed.id)"), world.administrator),
            (.post("/api/conference/rejectConference/\(second.id)"), world.administrator),
            (world.submit("Twice", file: file.file_id), world.author),
            (
                .json(
                    "/api/draft/modifyDraft",
                    "{\"id\":\"\(submission.id)\",\"version\":1,\"title\":\"Changed\"}"),
                world.coauthor
            ),
            (
                .json(
                    "/api/conference/changeStatus/\(world.conference.id)",
                    "{\"status\":\"bidding\"}"),
                world.chair
            ),
        ]
    }

    @Test func `a command twice gives the same answer and one effect`() async throws {
        for (index, (call, person)) in try await commands().enumerated() {
            let call = call.by(person).key("twice-\(index)")
            let first = try await world.answer(to: call)
            #expect((200..<300).contains(first.status), "\(call.path): \(first.text)")
            let before = world.installation.footprint
            for _ in 0..<2 {
                let again = try await world.answer(to: call)
                #expect(again.status == first.status && again.body == first.body, "\(call.path)")
                #expect(again.headers == first.headers, "\(call.path)")
            }
            let isUnchanged = world.installation.footprint == before
            #expect(isUnchanged, "\(call.path)")
        }
    }

    @Test func `two at once under one key have one effect`() async throws {
        let before = world.installation.store(.conference).writes.count
        let call = Call.json(Endpoint.all[4].path, Endpoint.all[4].body()).by(world.chair)
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<8 {
                group.addTask { [world] in try await world.answer(to: call.key("at-once")) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.body)).count == 1 && answers.allSatisfy { $0.status == 201 })
        let made = world.installation.store(.conference).writes.dropFirst(before)
            .count { $0.key.collection == "conferences" }
        #expect(made == 1)
    }

    @Test func `an upload twice gives the same file and keeps its bytes once`() async throws {
        for call in [Call.upload(Form(.file(TestConference.paper))), .pdf(TestConference.paper)] {
            let call = call.by(world.author).key("upload-\(world.installation.files.count)")
            let first = try await world.answer(to: call)
            let before = world.installation.footprint
            let again = try await world.answer(to: call)
            #expect(first.status == 201 && again.body == first.body)
            let isUnchanged = world.installation.footprint == before
            #expect(isUnchanged)
        }
    }

    @Test func `the same key with another body is refused`() async throws {
        let file = try await world.file()
        let calls = [
            world.submit("One", file: file.file_id), world.submit("Two", file: file.file_id),
            .json("/api/draft/modifyDraft", "{\"id\":\"unknown\",\"version\":1}"),
            .pdf(TestConference.paper), .upload(Form(.file(TestConference.paper, name: "b.pdf"))),
        ]
        #expect(try await world.answer(to: calls[0].by(world.author).key("k")).status == 201)
        for call in calls.dropFirst() {
            try await world.installation.expectRefusal(
                of: call.by(world.author).key("k"), 422, "requestIDReused")
        }
    }

    @Test func `the same key by another person is another command`() async throws {
        let body = Endpoint.all[4].body()
        let call = Call.json(Endpoint.all[4].path, body).key("shared")
        let first: ConferenceView = try await world.answer(to: call.by(world.chair)).data()
        let second: ConferenceView = try await world.answer(to: call.by(world.author)).data()
        #expect(first.id != second.id)
        #expect(second.chairman == [world.author.account.id])
        let other = Call.json(Endpoint.all[4].path, body.replacing("NEW", with: "OTHER"))
        #expect(try await world.answer(to: other.by(world.coauthor).key("shared")).status == 201)
        try await world.installation.expectRefusal(of: call, 401, "signInRequired")
    }

    @Test(arguments: [
        "", " ", String(repeating: "k", count: 41), "a/b", "a b", "a.b", "ü", "..", "a,b", "\"k\"",
        String(repeating: "k", count: 10_000),
    ])
    func `a key that is none is refused`(key: String) async throws {
        for call in [
            Call.json(Endpoint.all[4].path, Endpoint.all[4].body()), .get("/api/user/info"),
            .pdf(TestConference.paper), .get("/nowhere"),
        ] {
            try await world.installation.expectRefusal(
                of: call.by(world.chair).key(key), 400, "invalidIdempotencyKey")
        }
    }

    @Test func `a key may have 40 bytes`() async throws {
        let call = Call.json(Endpoint.all[4].path, Endpoint.all[4].body())
        let key = String(repeating: "k", count: 40)
        #expect(try await world.answer(to: call.by(world.chair).key(key)).status == 201)
        let submission = try await world.submission()
        let read = Call.get("/api/draft/getDraftById/\(submission.id)").by(world.author)
        #expect(try await world.answer(to: read.key(key)).status == 200)
    }

    @Test func `a sign-in twice under one key opens two sessions`() async throws {
        let body = "{\"username\":\"chair\",\"password\":\"\(Person.password)\"}"
        let call = Call.json("/api/user/login", body).key("sign-in")
        let first = try await world.answer(to: call)
        let second = try await world.answer(to: call)
        #expect(first.session != nil && first.session != second.session)
    }
}
