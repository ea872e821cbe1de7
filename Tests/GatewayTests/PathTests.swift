import HTTPTypes
import StarchairAPI
import Testing

/// Paths that lead nowhere, and ids that name something else.
@Suite struct PathTests {
    static let routes: [(HTTPRequest.Method, String)] = [
        (.get, "/api/user/getUserById"), (.get, "/api/conference/getConferenceById"),
        (.post, "/api/conference/approveConference"), (.post, "/api/conference/rejectConference"),
        (.post, "/api/conference/changeStatus"), (.get, "/api/draft/getDraftById"),
        (.get, "/api/draft/getDraftByConference"), (.get, "/api/draft/download"),
        (.get, "/api/draft/visible"), (.get, "/api/draft/getConflicts"),
        (.get, "/api/conference/getPcMembers"), (.get, "/api/discuss/getOrCreateByDraft"),
        (.get, "/api/reviewProcess/getBids"),
        (.get, "/api/reviewProcess/getReviewProcessByDraftId"),
        (.post, "/api/reviewProcess/getReviewProcessByConfId"),
        (.get, "/api/notification/getNotificationById"), (.post, "/api/invitation/approve"),
        (.post, "/api/invitation/reject"), (.post, "/api/invitation/withdraw"),
        (.post, "/api/conference/addPcMember"),
    ]
    static let malformed = [
        "", "..", "../x", "%2e%2e", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%00", "a%00b", "a.b",
        "a b", "%20", "%", "%zz", "a;b", "$ne", "[$ne]=1", "'or'1'='1", "%F0%9F%98%80", "%ff",
        String(repeating: "a", count: 65), String(repeating: "a", count: 5000), "../../user/info",
        "x/y", "*", ":id", "{id}", "a%2fb", "\u{FC}", "%61",
    ]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: malformed)
    func `what is no id names nothing`(id: String) async throws {
        for (method, path) in Self.routes {
            var call = Call.get("\(path)/\(id)")
            call.method = method
            for person in [world.chair, world.administrator] {
                try await world.installation.expectRefusal(of: call.by(person), 404, "noSuchRoute")
            }
            let answer = try await world.answer(to: call)
            try world.installation.expectProblem(
                answer, answer.status == 401 ? 401 : 404, ["noSuchRoute", "signInRequired"])
        }
    }

    @Test func `an id of another kind names nothing`() async throws {
        let submission = try await world.submission()
        let file = try #require(submission.file_id)
        let ids = [
            "unknown", submission.id.text, file.text, world.conference.id.text,
            world.author.account.id.text,
        ]
        let kinds: [(path: String, own: String, code: String)] = [
            ("user/getUserById", world.author.account.id.text, "noSuchAccount"),
            ("conference/getConferenceById", world.conference.id.text, "noSuchConference"),
            ("draft/getDraftById", submission.id.text, "noSuchSubmission"),
            ("draft/download", file.text, "noSuchFile"),
            ("draft/getDraftByConference", "none", "noSuchConference"),
        ]
        for kind in kinds {
            for id in ids {
                let call = Call.get("/api/\(kind.path)/\(id)").by(world.author)
                if id == kind.own {
                    #expect(try await world.answer(to: call).status == 200)
                } else {
                    try await world.installation.expectRefusal(of: call, 404, kind.code)
                }
            }
        }
    }

    @Test func `a chair of another conference is a stranger`() async throws {
        let installation = world.installation
        let submission = try await world.submission()
        let other = try await installation.propose("OTHER", by: world.stranger)
        try await installation.approve(other, by: world.administrator)
        try await installation.move(other, to: .submitting, by: world.stranger)
        let read = Call.get("/api/draft/getDraftById/\(submission.id)").by(world.stranger)
        try await installation.expectRefusal(of: read, 404, "noSuchSubmission")
        let list = Call.get("/api/draft/getDraftByConference/\(world.conference.id)")
        try await installation.expectRefusal(of: list.by(world.stranger), 404, "noSuchConference")
        let close = Call.json(
            "/api/conference/changeStatus/\(world.conference.id)", "{\"status\":\"bidding\"}")
        for person in [world.stranger, world.author, world.administrator] {
            try await installation.expectRefusal(of: close.by(person), 403, "forbidden")
        }
        try await installation.expectRefusal(of: close, 401, "signInRequired")
    }

    @Test func `only an administrator approves, and only what waits`() async throws {
        let proposed = try await world.installation.propose("WAITS", by: world.chair)
        for verb in ["approveConference", "rejectConference"] {
            let call = Call.post("/api/conference/\(verb)/\(proposed.id)")
            try await world.installation.expectRefusal(of: call, 401, "signInRequired")
            try await world.installation.expectRefusal(of: call.by(world.chair), 403, "forbidden")
            let again = Call.post("/api/conference/\(verb)/\(world.conference.id)")
            try await world.installation.expectRefusal(
                of: again.by(world.administrator), 409, "wrongState")
            let unknown = Call.post("/api/conference/\(verb)/unknown").by(world.administrator)
            try await world.installation.expectRefusal(of: unknown, 404, "noSuchConference")
        }
    }

    @Test func `somebody else's file is no file`() async throws {
        let file = try await world.file()
        let used = try #require(try await world.submission().file_id)
        for id in [file.file_id, used, "unknown"] {
            for person in [world.stranger, world.coauthor] {
                try await world.installation.expectRefusal(
                    of: world.submit("Taken", file: id).by(person), 404, "noSuchFile")
            }
        }
        try await world.installation.expectRefusal(
            of: world.submit("Again", file: used).by(world.author), 404, "noSuchFile")
    }
}
