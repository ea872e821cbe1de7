import StarchairAPI
import Testing

/// Names and addresses of accounts, and what is told of them.
@Suite struct AccountTests {
    let world: TestConference

    init() async throws { world = try await TestConference() }

    private func register(_ username: String, _ address: String = "new@example.org") -> Call {
        let body = [
            "username": username, "password": Person.password, "email": address,
            "fullname": "A Person",
        ]
        return .json("/api/user/register", TestInstallation.text(body))
    }

    @Test(arguments: ["chair", "Chair", "CHAIR", "cHaIr"])
    func `a name is taken in every case`(name: String) async throws {
        try await world.installation.expectRefusal(of: register(name), 409, "usernameTaken")
    }

    @Test(arguments: ["administrator", "Administrator", "ADMINISTRATOR"])
    func `the administrator's name is reserved`(name: String) async throws {
        try await world.installation.expectRefusal(of: register(name), 409, "usernameTaken")
        let fresh = try await TestInstallation()
        try await fresh.expectRefusal(of: register(name), 409, "usernameTaken")
    }

    @Test(arguments: [
        "", "a", "a b", "\u{212A}air", "ch\u{430}ir", "chair\u{0}", "chair\n", "../x", "a/b",
        "a@b.org", "\u{1F600}\u{1F600}", "ａdministrator", "adm\u{131}n", "$ne", "a'b",
        String(repeating: "a", count: 65),
    ])
    func `a name has letters, digits and three marks`(name: String) async throws {
        let answer = try await world.installation.expectRefusal(
            of: register(name), 400, "invalidField")
        #expect(try answer.problem().parameters == ["field": "username"])
    }

    @Test func `a name is entered in every case and shown as it was given`() async throws {
        let account: AccountView = try await world.answer(to: register("Ada.L-1_x")).data()
        #expect(account.username == "Ada.L-1_x")
        for name in ["ada.l-1_x", "ADA.L-1_X"] {
            _ = try await world.installation.signIn(name)
        }
    }

    @Test func `an address that is taken is answered like a free one`() async throws {
        let address = String(repeating: "f", count: "author".count) + "@example.org"
        let free = try await world.answer(to: register("name-a", address))
        let taken = try await world.answer(to: register("name-b", world.author.address))
        let upper = try await world.answer(
            to: register("name-c", world.author.address.uppercased()))
        #expect(free.status == 201 && taken.status == 201 && upper.status == 201)
        #expect(free.headers == taken.headers && free.headers == upper.headers)
        let texts = try [free, taken, upper].map { answer in
            let account: AccountView = try answer.data()
            return answer.text.replacing(account.id.text, with: "id")
                .replacing(account.username, with: "name")
                .replacing(account.email?.text ?? "?", with: "address")
        }
        #expect(Set(texts).count == 1)
        let letters = try world.installation.letters()
        #expect(letters.last?.recipient == world.author.address)
        #expect(letters.last?.text.contains("#verify=") == false)
    }

    @Test func `of two who verify one address the second is refused`() async throws {
        let installation = world.installation
        let first = try await installation.register("first", address: "both@example.org")
        let token = try #require(try installation.verificationToken(for: first))
        let second = try await installation.register("second", address: "both@example.org")
        let other = try #require(try installation.verificationToken(for: second))
        let calls = [token, other].map {
            Call.json("/api/user/verify", TestInstallation.text(["token": $0]))
        }
        #expect(try await world.answer(to: calls[0]).status == 200)
        try await installation.expectRefusal(of: calls[1], 409, "addressClaimed")
    }

    @Test func `nobody else sees an account's address`() async throws {
        let path = "/api/user/getUserById/\(world.author.account.id)"
        let own: AccountView = try await world.answer(to: .get(path).by(world.author)).data()
        #expect(own.email?.text == world.author.address && own.verified == true)
        for person in [world.chair, world.coauthor, world.stranger, world.administrator] {
            let answer = try await world.answer(to: .get(path).by(person))
            #expect(!answer.text.contains("@") && !answer.text.contains("verified"))
            #expect(!answer.text.contains("admin") && !answer.text.contains("assword"))
        }
        try await world.installation.expectRefusal(of: .get(path), 401, "signInRequired")
    }

    @Test func `an account without a verified address neither proposes nor submits`() async throws {
        let file = try await world.file(by: world.unverified)
        for call in [
            Call.json(Endpoint.all[4].path, Endpoint.all[4].body()),
            world.submit("Unverified", file: file.file_id),
        ] {
            try await world.installation.expectRefusal(
                of: call.by(world.unverified), 403, "addressNotVerified")
        }
    }

    @Test func `a letter leads from the outbox to a verified address`() async throws {
        var configuration = TestInstallation.Configuration()
        configuration.deliversLetters = true
        let installation = try await TestInstallation(configuration)
        let account = try await installation.register("reader")
        while installation.mailer.letters.isEmpty {
            try await installation.clock.sleep(for: .milliseconds(20))
        }
        let letter = try #require(installation.mailer.letters.first)
        let token = try #require(try installation.verificationToken(for: account))
        #expect(letter.recipient == "reader@example.org")
        #expect(letter.text.contains("http://test.example/#verify=\(token)"))
    }
}
