import StarchairAPI
import Testing

/// People and conferences as others look them up.
@Suite struct DirectoryTests {
    typealias Role = TestCommittee.Role

    let world: TestCommittee

    init() async throws { world = try await TestCommittee(.submitting) }

    private func find(_ word: String, _ query: String = "") -> Call {
        .json("/api/user/findUserByName\(query)", TestInstallation.text(["username": word]))
    }

    private func accounts(_ ids: [String]) -> Call {
        let list = ids.map { "\"\($0)\"" }.joined(separator: ",")
        return .json("/api/user/findUserByIds", "{\"ids\":[\(list)]}")
    }

    @Test func `people are found by a word, without their addresses`() async throws {
        for word in ["author", "AUTHOR", "Author"] {
            let page: ListPage<AccountView> = try await world.value(find(word), by: .stranger)
            #expect(page.items.map(\.username) == ["author"])
            #expect(page.items.allSatisfy { $0.email == nil && $0.admin == nil })
        }
        let own: ListPage<AccountView> = try await world.value(find("author"), by: .author)
        #expect(own.items.first?.email?.text == "author@example.org")
        for word in ["auth", "author@example.org", "example.org", "%%", ".*"] {
            let none: ListPage<AccountView> = try await world.value(find(word), by: .stranger)
            #expect(none.items.isEmpty, "\(word)")
        }
        for word in ["", "x", String(repeating: "x", count: 65), "a\u{0}b"] {
            try await world.refused(find(word), by: .stranger, 400, "invalidField")
        }
    }

    @Test func `pages of people make up all who bear a word`() async throws {
        let all: ListPage<AccountView> = try await world.value(find("dr"), by: .stranger)
        #expect(all.items.count == Role.allCases.count - 2 && all.next == nil)
        var (query, found) = ("?limit=4", [AccountID]())
        for _ in 0..<10 {
            let page: ListPage<AccountView> = try await world.value(
                find("dr", query), by: .stranger)
            found += page.items.map(\.id)
            guard let next = page.next else { break }
            query = "?limit=4&after=\(next.text)"
        }
        #expect(found == all.items.map(\.id))
    }

    @Test func `people are found by their ids, each once`() async throws {
        let ids = [Role.author, .chair, .author].map { world.account($0).id.text }
        let page: Listed<AccountView> = try await world.value(
            accounts(ids + ["unknown", world.paper.id.text]), by: .author)
        #expect(Set(page.items.map(\.username)) == ["author", "chair"])
        #expect(page.items.count == 2)
        #expect(page.items.first { $0.username == "chair" }?.email == nil)
        let none: Listed<AccountView> = try await world.value(accounts([]), by: .author)
        #expect(none.items.isEmpty)
        let most = [String](repeating: "unknown", count: 100)
        let few: Listed<AccountView> = try await world.value(accounts(most), by: .author)
        #expect(few.items.isEmpty)
        try await world.refused(
            accounts(most + ["unknown"]), by: .author, 400, "invalidLimit")
        for id in ["", "../x", "a b", "$ne"] {
            try await world.refused(accounts([id]), by: .author, 400, "invalidField")
        }
    }

    @Test func `a conference that waits is there for its chair alone`() async throws {
        let chair = try #require(world.person(.rival))
        let waiting = try await world.installation.propose("WAITS", by: chair)
        let look = Call.json("/api/conference/visible", "{\"id\":\"\(waiting.id)\"}")
        let unknown = Call.json("/api/conference/visible", "{\"id\":\"unknown\"}")
        for role in Role.allCases {
            let isSeen: Bool = try await world.value(look, by: role)
            #expect(isSeen == [.rival, .administrator].contains(role))
            #expect(try await world.value(unknown, by: role) == false)
        }
        let desk = TestDesk(installation: world.installation, conference: waiting.id)
        let calls = [
            desk.add(world.account(.stranger).id, as: "member"),
            desk.invite("new@example.org"),
            .get("/api/conference/getPcMembers/\(waiting.id)"),
            .json("/api/reviewProcess/allocDraft", "{\"confId\":\"\(waiting.id)\"}"),
            .post("/api/reviewProcess/getReviewProcessByConfId/\(waiting.id)"),
            .get("/api/draft/visible/\(waiting.id)"),
        ]
        for call in calls {
            try await world.refused(call, by: .chair, 404, "noSuchConference")
        }
        for call in calls.prefix(2) {
            try await world.refused(call, by: .rival, 409, "wrongState")
        }
    }

    @Test func `each finds the conferences of the own parts`() async throws {
        let lists: [(String, [Role])] = [
            ("attendAsPc", [.member, .reviewer, .newReviewer, .conflicted]),
            ("attendAsChairman", [.chair, .cochair, .conflictedChair, .authorChair]),
            ("attendAsContributor", Role.authors + [.rival]),
        ]
        for (path, roles) in lists {
            for role in Role.allCases where role != .anonymous {
                let page: ListPage<ConferenceView> = try await world.value(
                    .post("/api/conference/\(path)"), by: role)
                let other = path == "attendAsChairman" && role == .otherChair
                let own = roles.contains(role) ? [world.conference.id] : []
                #expect(page.items.map(\.id) == (other ? [world.other.id] : own), "\(role)")
            }
        }
    }

    @Test func `a committee is shown without addresses`() async throws {
        let call = Call.get("/api/conference/getPcMembers/\(world.conference.id)")
        let answer = try await world.answer(call, by: .stranger)
        let page: ListPage<MemberView> = try answer.data()
        let members: [Role] = [.member, .reviewer, .newReviewer, .conflicted]
        #expect(Set(page.items.map(\.account)) == Set(members.map { world.account($0).id }))
        #expect(!answer.text.contains("@"))
        try await world.refused(call, by: .anonymous, 401, "signInRequired")
    }
}
