import HTTPTypes
import StarchairAPI
import Testing

/// Pages of lists, asked for in every wrong way.
@Suite struct ListTests {
    let world: TestConference

    init() async throws { world = try await TestConference() }

    private var lists: [Call] {
        [
            .get("/api/conference/getAcceptConference"),
            .get("/api/conference/getUncheckedConference").by(world.administrator),
            .post("/api/conference/attendAsChairman").by(world.chair),
            .get("/api/draft/getDraftByAuthor").by(world.author),
            .get("/api/draft/getDraftByConference/\(world.conference.id)").by(world.chair),
        ] + laterLists
    }

    /// The lists of committees and reviews.
    private var laterLists: [Call] {
        [
            .get("/api/conference/getPcMembers/\(world.conference.id)").by(world.chair),
            .get("/api/draft/visible/\(world.conference.id)").by(world.chair),
            .get("/api/reviewProcess/getBids/\(world.conference.id)").by(world.author),
            .post("/api/conference/attendAsPc").by(world.chair),
            .post("/api/conference/attendAsContributor").by(world.author),
            .post("/api/reviewProcess/getReviewProcessByPcMember").by(world.author),
            .post("/api/reviewProcess/getReviewProcessByConfId/\(world.conference.id)")
                .by(world.chair),
            .post("/api/notification/all").by(world.author),
            .post("/api/invitation/received").by(world.author),
            .post("/api/invitation/sent").by(world.chair),
            .json("/api/user/findUserByName", "{\"username\":\"chair\"}").by(world.author),
        ]
    }

    private func list(_ call: Call, _ query: String) -> Call {
        var call = call
        call.path += query
        return call
    }

    @Test(arguments: [
        "0", "101", "-1", "-9223372036854775808", "99999999999999999999", "", "ten", "1.5", "1e1",
        "0x10", "%00", "10%00", "\u{661}", "null", "1,2", "%", "%zz",
    ])
    func `a limit is 1 to 100`(limit: String) async throws {
        for call in lists {
            try await world.installation.expectRefusal(
                of: list(call, "?limit=\(limit)"), 400, "invalidLimit")
        }
    }

    @Test func `a cursor is the list's own`() async throws {
        let cursors = [
            "", "x", ".", "..", "0.0", "zz.zz", "00", "00.00.00", "0g.00", ".ff", "00.ff", "00.c0",
            "%00", "../x", "null", "-1", "[]", "{}", ".00", "00.6100",
            String(repeating: "a", count: 100_000),
            String(repeating: "ab", count: 513) + ".61", String(repeating: "ab", count: 600) + ".",
            "ab." + String(repeating: "61", count: 65),
        ]
        for cursor in cursors {
            for call in lists {
                try await world.installation.expectRefusal(
                    of: list(call, "?after=\(cursor)"), 400, "invalidCursor")
            }
        }
    }

    @Test func `a made-up cursor shows no more than the list`() async throws {
        _ = try await world.submission()
        let longest = String(repeating: "ab", count: 512)
        for key in ["", "00", "05", "ff", "0500", "04ffffffffffffffff", longest] {
            for id in ["61", "7a7a"] {
                for call in lists {
                    let answer = try await world.answer(to: list(call, "?after=\(key).\(id)"))
                    #expect(answer.status == 200, "\(answer.text)")
                }
                let call = Call.get("/api/draft/getDraftByAuthor?after=\(key).\(id)")
                let answer = try await world.answer(to: call.by(world.stranger))
                #expect(!answer.text.contains("A title"))
            }
        }
    }

    @Test func `pages of one item make up the whole list`() async throws {
        for index in 0..<5 { _ = try await world.submission("Title \(index)") }
        var titles: [String?] = []
        var query = "?limit=1"
        for _ in 0..<10 {
            let call = Call.get("/api/draft/getDraftByAuthor\(query)").by(world.author)
            let page: ListPage<SubmissionView> = try await world.answer(to: call).data()
            #expect(page.items.count <= 1)
            titles += page.items.map(\.title)
            guard let next = page.next else { break }
            query = "?limit=1&after=\(next.text)"
        }
        #expect(Set(titles) == Set((0..<5).map { "Title \($0)" }) && titles.count == 5)
    }

    @Test(arguments: [
        "?", "?&&&", "?=", "?a", "?limit", "?x=%ff%fe", "?after&limit=5", "?%00=1", "?a=1#b",
        "?limit=5&limit=0", "?after[$ne]=1",
    ])
    func `other questions do no harm`(query: String) async throws {
        for call in lists {
            let answer = try await world.answer(to: list(call, query))
            #expect([200, 400].contains(answer.status), "\(query): \(answer.text)")
        }
    }

    @Test func `lists of others are nobody's`() async throws {
        let unchecked = Call.get("/api/conference/getUncheckedConference")
        try await world.installation.expectRefusal(of: unchecked.by(world.chair), 403, "forbidden")
        for call in [
            unchecked,
            Call.post("/api/conference/attendAsChairman"), .get("/api/draft/getDraftByAuthor"),
            .get("/api/draft/getDraftByConference/\(world.conference.id)"),
        ] + laterLists {
            var call = call
            call.headers[.cookie] = nil
            try await world.installation.expectRefusal(of: call, 401, "signInRequired")
        }
    }
}
