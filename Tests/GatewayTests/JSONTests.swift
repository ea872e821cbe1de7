import Testing

/// Bodies that are not the JSON that a route expects.
@Suite struct JSONTests {
    static let malformed = [
        "", " ", "\u{0}", "{", "}", "nul", "{\"", "{'a':1}", "{\"a\":}", "{\"a\":1}}",
        "{\"a\" 1}", "\u{FEFF}", "{\"a\":NaN}", "[1,2", "{} {}", "// remark\n{}",
        "a=1&b=2", "<a/>",
    ]
    /// What the reader only sees to be malformed where a field is read.
    static let malformedInside = [
        "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"line\nbreak\"}", "{\"a\":01}",
        "{\"a\":+1}", "{\"a\":1,}",
    ]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: Endpoint.all)
    func `text that is not JSON is refused`(endpoint: Endpoint) async throws {
        for text in Self.malformed { try await expectMalformed(endpoint, Array(text.utf8)) }
        let read = Self.malformedInside.map {
            $0.replacing("\"a\"", with: "\"\(endpoint.fields[0].name)\"")
        }
        for text in Self.malformedInside + read {
            try await world.installation.expectRefusal(
                of: .json(endpoint.path, text).by(world.chair), 400, "malformedJSON",
                "missingField", "invalidField")
        }
    }

    @Test(arguments: Endpoint.all)
    func `bytes that are not UTF-8 are refused`(endpoint: Endpoint) async throws {
        for bytes: [UInt8] in [[0xFF, 0xFE], [0xC0, 0x80], [0x7B, 0x22, 0xE2, 0x28, 0xA1, 0x22]] {
            try await expectMalformed(endpoint, bytes)
        }
        for field in endpoint.fields {
            let body = endpoint.body(replacing: field.name, by: "\"\u{1}\"")
            let bytes = Array(body.utf8).map { $0 == 1 ? 0xFF : $0 }
            try await world.installation.expectRefusal(
                of: .json(endpoint.path, bytes).by(world.chair), 400, "malformedJSON",
                "invalidField")
        }
    }

    @Test(arguments: Endpoint.samples)
    func `a body cut at any byte is refused`(endpoint: Endpoint) async throws {
        let bytes = Array(endpoint.body().utf8)
        for count in bytes.indices {
            try await expectMalformed(endpoint, Array(bytes.prefix(count)))
        }
    }

    @Test(arguments: Endpoint.all)
    func `a value that is no object is refused`(endpoint: Endpoint) async throws {
        for text in ["null", "true", "0", "\"text\"", "[]", "[{}]"] {
            try await world.installation.expectRefusal(
                of: .json(endpoint.path, text).by(world.chair), 400, "invalidField",
                "malformedJSON")
        }
    }

    @Test(arguments: Endpoint.samples)
    func `100,000 levels of brackets are refused`(endpoint: Endpoint) async throws {
        for (open, close, depth) in [("[", "]", 100_000), ("{\"a\":", "}", 40_000)] {
            let opened = String(repeating: open, count: depth)
            let closed = opened + "1" + String(repeating: close, count: depth)
            try await expectMalformed(endpoint, Array(opened.utf8))
            try await expectMalformed(endpoint, Array(closed.utf8))
            let unknown = endpoint.body().dropLast() + ",\"unknown\":\(closed)}"
            try await expectMalformed(endpoint, Array(unknown.utf8))
        }
    }

    @Test(arguments: Endpoint.samples, [true, false])
    func `a body of 256 KiB is read and one byte more is refused`(
        endpoint: Endpoint, tellsLength: Bool
    ) async throws {
        let body = Array(endpoint.body(replacing: endpoint.fields[0].name, by: "{}").utf8)
        for excess in [0, 1] {
            let count = 256 * 1024 + excess - body.count
            var call = Call.json(
                endpoint.path, body + [UInt8](repeating: UInt8(ascii: " "), count: count))
            call.tellsLength = tellsLength
            try await world.installation.expectRefusal(
                of: call.by(world.chair), excess == 0 ? 400 : 413,
                excess == 0 ? "invalidField" : "bodyTooLarge")
        }
    }

    @Test(arguments: Endpoint.all)
    func `another content type is refused`(endpoint: Endpoint) async throws {
        let others = [
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json",
            "application/jsonx", "application/json-patch+json", "", ";", "json",
            "application/json, text/plain",
        ]
        for type in others {
            let call = Call.json(endpoint.path, endpoint.body()).with("Content-Type", type)
            try await world.installation.expectRefusal(
                of: call.by(world.chair), 415, "wrongContentType")
        }
        var call = Call.json(endpoint.path, endpoint.body())
        call.headers = [:]
        try await world.installation.expectRefusal(
            of: call.by(world.chair), 415, "wrongContentType")
    }

    @Test(arguments: ["application/json; charset=utf-8", "APPLICATION/JSON", "application/json;"])
    func `the content type may be written in every way`(type: String) async throws {
        let body = "{\"username\":\"chair\",\"password\":\"\(Person.password)\"}"
        let answer = try await world.answer(
            to: .json("/api/user/login", body).with("Content-Type", type))
        #expect(answer.status == 200)
    }

    private func expectMalformed(_ endpoint: Endpoint, _ bytes: [UInt8]) async throws {
        try await world.installation.expectRefusal(
            of: .json(endpoint.path, bytes).by(world.chair), 400, "malformedJSON")
    }
}
