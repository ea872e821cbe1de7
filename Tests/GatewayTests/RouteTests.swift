import HTTPTypes
import StarchairAPI
import Testing

/// What is there to be asked, and what is not.
@Suite struct RouteTests {
    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: [
        "/", "/api", "/api/", "/api/user", "/api/user/", "/api/nothing", "/api/user/Info",
        "/api/draft/submitDraft/x", "/API/user/info", "/api/user/info.json", "/api/../user/info",
        "/%61pi/user/info", "/api/user%2finfo", "/api/user/info%00", "/.git/config", "/metrics",
        "/api/user/info;x=1", "*", "?", "#", "http://evil.example/api", "/api/review/list",
    ])
    func `an unknown address is a problem`(path: String) async throws {
        for method in [HTTPRequest.Method.get, .post, .put, .delete] {
            var call = Call.get(path)
            call.method = method
            for person in [nil, world.administrator] {
                try await world.installation.expectRefusal(of: call.by(person), 404, "noSuchRoute")
            }
        }
    }

    @Test func `another method is a problem`() async throws {
        let methods: [HTTPRequest.Method] = [.put, .delete, .patch, .options, .trace, .connect]
        let odd = HTTPRequest.Method("PROPFIND").map { [$0] } ?? []
        for path in Self.reading {
            try await expectNoRoute(path, methods + odd + [.post])
        }
        for path in Self.writing {
            try await expectNoRoute(path, methods + odd + [.get, .head])
        }
    }

    private func expectNoRoute(_ path: String, _ methods: [HTTPRequest.Method]) async throws {
        for method in methods {
            var call = Call.get("/api/\(path)")
            call.method = method
            let answer = try await world.answer(to: call.by(world.administrator))
            #expect([404, 405].contains(answer.status), "\(method) \(path)")
            try world.installation.expectProblem(
                answer, answer.status, ["noSuchRoute", "methodNotAllowed"])
        }
    }

    @Test func `reading changes nothing`() async throws {
        let submission = try await world.submission()
        let file = try #require(submission.file_id)
        var paths = Self.reading + Self.writing
        paths += [
            "user/getUserById/\(world.author.account.id)", "draft/getDraftById/\(submission.id)",
            "conference/getConferenceById/\(world.conference.id)", "draft/download/\(file)",
            "draft/getDraftByConference/\(world.conference.id)",
            "conference/approveConference/\(world.conference.id)",
        ]
        let people = [
            nil, world.author, world.coauthor, world.chair, world.stranger, world.unverified,
            world.administrator,
        ]
        let before = world.installation.stores.mapValues(\.writes.count)
        let files = world.installation.blobs.table
        for path in paths {
            for person in people {
                let answer = try await world.answer(
                    to: .get("/api/\(path)").by(person).key("reading"))
                #expect(answer.status < 500)
            }
        }
        #expect(world.installation.stores.mapValues(\.writes.count) == before)
        let isUnchanged = world.installation.blobs.table == files
        #expect(isUnchanged)
    }

    @Test func `what services tell each other has no address`() async throws {
        let body = """
            {"recipient":{"address":{"_0":"victim@example.org"}},"subject":"s","text":"t",\
            "token":"aaaa","onlyIfNobodyIsYet":false,"session":"\(world.chair.session)"}
            """
        for name in Self.messages {
            for prefix in Self.services {
                for person in [nil, world.administrator] {
                    let path = "/api/\(prefix)/\(name)"
                    for call in [Call.json(path, body), .get(path)] {
                        try await world.installation.expectRefusal(
                            of: call.by(person), 404, "noSuchRoute")
                    }
                }
            }
        }
        let recipients = try world.installation.letters().map(\.recipient)
        #expect(!recipients.contains("victim@example.org"))
    }
}
