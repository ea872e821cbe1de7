import StarchairAPI
import Testing

/// Fields that are not what they should be.
@Suite struct JSONFieldTests {
    static let numbers = [
        "1e400", "-1e400", "9223372036854775808", "-9223372036854775809", "1.5", "1e19", "\"1\"",
        String(repeating: "9", count: 200_000), "0." + String(repeating: "1", count: 200_000),
    ]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: Endpoint.all)
    func `what is no text does not stand for one`(endpoint: Endpoint) async throws {
        let others = [
            "{\"$ne\":null}", "{\"$gt\":\"\"}", "{}", "1", "1e999", "-0", "true", "[[]]", "[null]",
            "[{\"$ne\":null}]",
        ]
        for field in endpoint.fields {
            for text in others {
                let call = Call.json(
                    endpoint.path, endpoint.body(replacing: field.name, by: text))
                if field.isOfKind(text) { continue }
                let answer = try await world.installation.expectRefusal(
                    of: call.by(world.chair), 400, "invalidField", "missingField",
                    Int(field.text) != nil ? "malformedJSON" : "invalidField")
                let named = try answer.problem().parameters["field"] ?? field.name
                #expect(named.hasPrefix(field.name), "\(field.name): \(text)")
            }
        }
    }

    @Test(arguments: Endpoint.all)
    func `a required field is neither missing nor null`(endpoint: Endpoint) async throws {
        for field in endpoint.fields where field.isRequired {
            let missing = Call.json(endpoint.path, endpoint.body(replacing: field.name))
            let first = try await world.installation.expectRefusal(
                of: missing.by(world.chair), 400, "missingField")
            #expect(try first.problem().parameters == ["field": field.name])
            let null = Call.json(
                endpoint.path, endpoint.body(replacing: field.name, by: "null"))
            let second = try await world.installation.expectRefusal(
                of: null.by(world.chair), 400, "invalidField")
            #expect(try second.problem().parameters == ["field": field.name])
        }
    }

    @Test(arguments: numbers)
    func `a number that is no version is refused`(number: String) async throws {
        let body = "{\"id\":\"unknown\",\"version\":\(number)}"
        try await world.installation.expectRefusal(
            of: .json("/api/draft/modifyDraft", body).by(world.author), 400, "invalidField",
            "malformedJSON")
    }

    @Test func `an id in a body is an id`() async throws {
        let endpoint = try #require(Endpoint.all.first { $0.path.hasSuffix("/submitDraft") })
        let long = String(repeating: "a", count: 65)
        for id in ["", "../x", "a/b", "a b", "a\\u0000b", "ü", long, "%2e%2e", "$ne", "a.b"] {
            for name in ["confId", "file_id"] {
                let body = endpoint.body(replacing: name, by: "\"\(id)\"")
                let answer = try await world.installation.expectRefusal(
                    of: .json(endpoint.path, body).by(world.author), 400, "invalidField")
                #expect(try answer.problem().parameters == ["field": name])
            }
        }
    }

    @Test func `unknown fields are ignored`() async throws {
        let fields = [
            "id", "admin", "isAdministrator", "verified", "passwordHash", "__proto__", "$where",
        ]
        let extra = fields.map { ",\"\($0)\":true" }.joined()
        let body = Endpoint.all[0].body().dropLast() + extra + "}"
        let account: AccountView = try await world.answer(
            to: .json("/api/user/register", String(body))
        ).data()
        #expect(account.admin == false && account.verified == false)
    }

    @Test func `of two fields of one name one is taken and nothing else happens`() async throws {
        let body = Endpoint.all[0].body().dropLast() + ",\"username\":\"second\"}"
        let account: AccountView = try await world.answer(
            to: .json("/api/user/register", String(body))
        ).data()
        #expect(["newcomer", "second"].contains(account.username))
        let signedIn = try await world.answer(
            to: .json("/api/user/login", "{\"username\":\"admin\",\"password\":\"x\"}"))
        #expect(signedIn.status == 401)
    }

    @Test func `an optional field may be null`() async throws {
        let endpoint = Endpoint.all[0]
        for field in endpoint.fields where !field.isRequired {
            let body = endpoint.body(replacing: field.name, by: "null")
                .replacing("newcomer", with: "without-\(field.name)")
            #expect(try await world.answer(to: .json(endpoint.path, body)).status == 201)
        }
    }

    @Test(arguments: Endpoint.samples, [1, 2, 3])
    func `damaged JSON gets a definite answer`(endpoint: Endpoint, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let alphabet =
            Array("{}[]\",:\\/0123456789eE+-.ntfu \u{0}\u{7F}".utf8) + [0x80, 0xC3, 0xFF]
        for _ in 0..<60 {
            var bytes = Array(endpoint.body().utf8)
            for _ in 0...random.below(3) {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[place] = alphabet[random.below(alphabet.count)]
                case 1: bytes.insert(alphabet[random.below(alphabet.count)], at: place)
                default: bytes.remove(at: place)
                }
            }
            let answer = try await world.answer(
                to: .json(endpoint.path, bytes).by(world.chair))
            #expect((200..<500).contains(answer.status), "\(bytes)")
            if answer.status >= 300 {
                let code = try answer.problem().code
                try world.installation.expectProblem(answer, answer.status, [code])
            }
        }
    }
}
