import HTTPTypes
import Testing

/// Pages of other sites may ask for nothing in a visitor's name.
@Suite struct OriginTests {
    static let foreign = [
        "http://evil.example", "https://evil.example", "null", "", "http://test.example.evil.com",
        "http://test.example:8080", "http://eviltest.example", "http://test.example@evil.example",
        "http://sub.test.example", "file://", "http://", "test.example", "http://test.example/",
        "http://test.example, http://evil.example", "http:///test.example", "*",
    ]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: foreign)
    func `another site's page changes nothing`(origin: String) async throws {
        var calls = Endpoint.all.map { Call.json($0.path, $0.body()) }
        calls += [
            .post("/api/user/logout"), .pdf(TestConference.paper),
            .post("/api/conference/approveConference/\(world.conference.id)"),
            .post("/api/conference/attendAsChairman"), .post("/nowhere"),
        ]
        for call in calls {
            for person in [nil, world.chair, world.administrator] {
                try await world.installation.expectRefusal(
                    of: call.with("Origin", origin).by(person), 403, "foreignOrigin")
            }
        }
        for method in [HTTPRequest.Method.put, .delete, .patch, .options] {
            var call = Call.post("/api/user/logout").with("Origin", origin)
            call.method = method
            try await world.installation.expectRefusal(of: call, 403, "foreignOrigin")
        }
    }

    @Test(arguments: ["http://test.example", "https://test.example"])
    func `the installation's own page may`(origin: String) async throws {
        let call = Call.json(Endpoint.all[4].path, Endpoint.all[4].body())
            .with("Origin", origin)
        #expect(try await world.answer(to: call.by(world.chair)).status == 201)
    }

    @Test(arguments: foreign)
    func `reading is refused by the browser, not by the server`(origin: String) async throws {
        let call = Call.get("/api/user/info").with("Origin", origin).by(world.chair)
        let answer = try await world.answer(to: call)
        #expect(answer.status == 200)
        #expect(!answer.headers.contains { $0.name.rawName.lowercased().contains("allow") })
    }
}
