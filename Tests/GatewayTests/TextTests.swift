import StarchairAPI
import Testing

/// Texts of people: kept as they wrote them, or refused.
@Suite struct TextTests {
    static let welcome = [
        "\u{1F600}", "\u{1F469}\u{1F3FD}\u{200D}\u{1F680} crew", "\u{645}\u{62D}\u{645}\u{62F}",
        "\u{5D3}\u{5D5}\u{5D3} \u{5D4}\u{5DE}\u{5DC}\u{5DA}", "e\u{301}", "\u{E9}", "\u{AC00}",
        "\u{1100}\u{1161}", "q\u{307}\u{323}", "q\u{323}\u{307}", "\u{301}first", "\u{200F}mark",
        "O'Brien \"Bob\" \\ <b>&amp;</b>", "\u{212B}ngstr\u{F6}m", "\u{1F1E9}\u{1F1EA}", " spaced ",
        "{\"$ne\":null}", "' OR 1=1 --", "%00%2e", "\u{FFFD}",
    ]
    static let refused = [
        "", "a\u{0}b", "\u{1B}[2J", "a\nb", "a\rb", "a\u{7F}", "a\u{9B}b", "a\u{202E}b",
        "\u{2066}a\u{2069}", "a\u{2028}b",
    ]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: welcome)
    func `a name is kept byte for byte`(text: String) async throws {
        let body = TestInstallation.text([
            "username": "somebody", "password": Person.password, "email": "some@example.org",
            "fullname": text, "company": text, "area": text,
        ])
        let account: AccountView = try await world.answer(
            to: .json("/api/user/register", body)
        ).data()
        let read: AccountView = try await world.answer(
            to: .get("/api/user/getUserById/\(account.id)").by(world.chair)
        ).data()
        for kept in [account.fullname, account.company, read.fullname, read.area] {
            #expect(Array(kept.utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: welcome)
    func `a title and an author are kept byte for byte`(text: String) async throws {
        let file = try await world.file()
        let quoted = TestInstallation.quoted(text)
        let body = """
            {"confId":"\(world.conference.id)","title":\(quoted),"summary":\(quoted),\
            "topics":[\(quoted)],"file_id":"\(file.file_id)",\
            "authors":[{"fullname":\(quoted),"email":"a@example.org","company":\(quoted)}]}
            """
        let made: SubmissionView = try await world.answer(
            to: .json("/api/draft/submitDraft", body).by(world.author)
        ).data()
        let read: SubmissionView = try await world.answer(
            to: .get("/api/draft/getDraftById/\(made.id)").by(world.author)
        ).data()
        let author = read.authors?.first { $0.email.text == "a@example.org" }
        let kept = [made.title, read.title, read.summary, read.topics?.first, author?.fullname]
        for kept in kept + [author?.company] {
            #expect(Array((kept ?? "").utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: refused)
    func `a name that nobody could show is refused`(text: String) async throws {
        let quoted = TestInstallation.quoted(text)
        let fields: [(Endpoint, String, String)] = [
            (Endpoint.all[0], "fullname", "fullname"),
            (Endpoint.all[4], "shortenForm", "shortenForm"),
            (Endpoint.all[4], "fullName", "fullName"), (Endpoint.all[6], "title", "title"),
        ]
        for (endpoint, name, field) in fields {
            let body = endpoint.body(replacing: name, by: quoted)
            let answer = try await world.installation.expectRefusal(
                of: .json(endpoint.path, body).by(world.chair), 400, "invalidField")
            #expect(try answer.problem().parameters == ["field": field])
        }
    }

    @Test func `a text has a limit that is named`() async throws {
        let limits: [(Int, String, Int)] = [
            (0, "username", 64), (0, "password", 256), (0, "fullname", 200), (0, "company", 200),
            (0, "area", 200), (4, "shortenForm", 40), (4, "fullName", 300), (4, "location", 200),
            (6, "title", 300), (6, "summary", 10_000),
        ]
        for (index, name, limit) in limits {
            let endpoint = Endpoint.all[index]
            for text in [
                String(repeating: "x", count: limit + 1),
                "x" + String(repeating: "\u{301}", count: limit * 4),
            ] {
                let body = endpoint.body(replacing: name, by: "\"\(text)\"")
                let answer = try await world.installation.expectRefusal(
                    of: .json(endpoint.path, body).by(world.chair), 400, "invalidField")
                #expect(try answer.problem().parameters == ["field": name])
            }
            let text = String(repeating: "x", count: limit)
            let body = endpoint.body(replacing: name, by: "\"\(text)\"")
            let answer = try await world.answer(
                to: .json(endpoint.path, body.replacing("\"newcomer\"", with: "\"n\(name)\""))
                    .by(world.chair))
            #expect([201, 404].contains(answer.status), "\(name): \(answer.text)")
        }
    }

    @Test func `a list has a limit that is named`() async throws {
        let topics = (0...100).map { "\"t\($0)\"" }.joined(separator: ",")
        let authors = (0...200).map { "{\"fullname\":\"A\",\"email\":\"a\($0)@example.org\"}" }
        let twice = "{\"fullname\":\"A\",\"email\":\"A@example.org\"}"
        let fields: [(Int, String, String)] = [
            (4, "topics", topics), (6, "topics", topics),
            (6, "authors", authors.joined(separator: ",")),
            (6, "authors", "\(twice),\(twice.replacing("A@", with: "a@"))"),
        ]
        for (index, name, list) in fields {
            let endpoint = Endpoint.all[index]
            let body = endpoint.body(replacing: name, by: "[\(list)]")
            let answer = try await world.installation.expectRefusal(
                of: .json(endpoint.path, body).by(world.author), 400, "invalidField")
            #expect(try answer.problem().parameters == ["field": name])
        }
    }

    @Test func `a list that fills the body is refused`() async throws {
        let endpoint = Endpoint.all[6]
        for (name, item) in [("topics", "\"\""), ("authors", "0"), ("topics", "null")] {
            let list = [String](repeating: item, count: 80_000 / item.utf8.count)
            let body = endpoint.body(replacing: name, by: "[\(list.joined(separator: ","))]")
            try await world.installation.expectRefusal(
                of: .json(endpoint.path, body).by(world.author), 400, "invalidField", "malformed")
        }
    }

    @Test func `a submission may have 200 authors besides its own`() async throws {
        let authors = (0..<200).map { "{\"fullname\":\"A\",\"email\":\"a\($0)@example.org\"}" }
        let file = try await world.file()
        let body = Endpoint.all[6].body(
            replacing: "authors", by: "[\(authors.joined(separator: ","))]"
        )
        .replacing("\"file_id\":\"unknown\"", with: "\"file_id\":\"\(file.file_id)\"")
        .replacing("\"confId\":\"unknown\"", with: "\"confId\":\"\(world.conference.id)\"")
        let made: SubmissionView = try await world.answer(
            to: .json("/api/draft/submitDraft", body).by(world.author)
        ).data()
        #expect(made.authors?.count == 201)
    }

    @Test(arguments: [
        "", "a", "@", "a@", "@b.c", "a@b", "a@b@c.org", "a b@c.org", "a@b..org", ".a@b.org",
        "a\\u0000@b.org", "a@b.org\\r\\nBcc: c@d.org", "<a@b.org>", "a@-b.org", "\\\"a\\\"@b.org",
        "a@b.org,c@d.org", "\\u0130@b.org", String(repeating: "a", count: 65) + "@b.org",
        "a@" + String(repeating: "b.", count: 130) + "org",
    ])
    func `what is no address is refused`(address: String) async throws {
        for (index, name, text) in [
            (0, "email", "\"\(address)\""),
            (6, "authors", "[{\"fullname\":\"A\",\"email\":\"\(address)\"}]"),
        ] {
            let endpoint = Endpoint.all[index]
            try await world.installation.expectRefusal(
                of: .json(endpoint.path, endpoint.body(replacing: name, by: text))
                    .by(world.author), 400, "invalidField", "malformed")
        }
    }
}
