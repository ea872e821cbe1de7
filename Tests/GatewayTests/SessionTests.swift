import Crypto
import StarchairAPI
import Testing

/// Sessions that never were, are over, or are somebody else's.
@Suite struct SessionTests {
    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test func `a session that was not given is none`() async throws {
        let real = world.chair.session
        let hash = SHA256.hash(data: Array(real.utf8)).map { byte in
            String(String(UInt16(byte) + 0x100, radix: 16).dropFirst())
        }.joined()
        let forged = [
            "", "x", "..", "null", "undefined", hash, String(real.dropLast()), real + "a",
            String(real.dropFirst()), real.uppercased(), String(real.reversed()),
            String(repeating: "0", count: 52), String(repeating: "0", count: 65),
            String(repeating: "0", count: 20_000), "\(real)/../x", "{\"$ne\":null}", "%00", "\"",
            "\(real), \(real)", world.chair.account.id.text, "administrator",
        ]
        for token in forged {
            for call in [Call.get("/api/user/info"), .get("/api/user/isAdmin")] {
                let header = call.with("Authorization", "Bearer \(token)")
                for call in [call.session(token), header] {
                    let answer = try await world.installation.expectRefusal(
                        of: call, 401, "signInRequired")
                    #expect(answer.header("WWW-Authenticate") != nil)
                }
            }
        }
    }

    @Test func `a session may come as a bearer token`() async throws {
        let call = Call.get("/api/user/info")
            .with("Authorization", "Bearer \(world.chair.session)")
        let account: AccountView = try await world.answer(to: call).data()
        #expect(account.id == world.chair.account.id)
        for scheme in ["Basic", "Digest", "", "Bearer Bearer"] {
            let other = Call.get("/api/user/info")
                .with("Authorization", "\(scheme) \(world.chair.session)")
            try await world.installation.expectRefusal(of: other, 401, "signInRequired")
        }
    }

    @Test func `a session ends when its holder signs out`() async throws {
        let call = Call.get("/api/user/info").by(world.chair)
        #expect(try await world.answer(to: call).status == 200)
        let other = try await world.installation.signIn("chair")
        let answer = try await world.answer(to: .post("/api/user/logout").by(world.chair))
        #expect(answer.header("Set-Cookie")?.contains("Max-Age=0") == true)
        try await world.installation.expectRefusal(of: call, 401, "signInRequired")
        #expect(try await world.answer(to: .get("/api/user/info").session(other)).status == 200)
        #expect(try await world.answer(to: .post("/api/user/logout").by(world.chair)).status == 200)
        #expect(try await world.answer(to: .post("/api/user/logout")).status == 200)
    }

    @Test func `a session ends after 14 days`() async throws {
        let call = Call.get("/api/user/info").by(world.chair)
        world.installation.clock.advance(by: .seconds(14 * 24 * 3600 - 600))
        #expect(try await world.answer(to: call).status == 200)
        world.installation.clock.advance(by: .seconds(601))
        try await world.installation.expectRefusal(of: call, 401, "signInRequired")
        let submit = world.submit("Late", file: "unknown").by(world.author)
        try await world.installation.expectRefusal(of: submit, 401, "signInRequired")
    }

    @Test(arguments: ["http://test.example", "https://test.example"])
    func `a session's cookie is for the installation's own pages`(url: String) async throws {
        let installation = try await TestInstallation(.init(publicURL: url))
        let token = try await installation.mintAdministratorLink()
        let answer = try await installation.answer(
            to: .json("/api/user/redeemLink", "{\"token\":\"\(token)\"}"))
        let cookie = try #require(answer.header("Set-Cookie"))
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Max-Age=1209600"] {
            #expect(cookie.contains(attribute))
        }
        #expect(cookie.contains("; Secure") == url.hasPrefix("https"))
        #expect(!answer.text.contains(answer.session ?? "?"))
    }

    @Test func `a wrong password and an unknown name are answered alike`() async throws {
        var answers: [Answer] = []
        let long = String(repeating: "n", count: 1000)
        for name in [
            "chair", "CHAIR", "nobody", "administrator", "", "ch\\u0000air", "\\ud83d\\ude00", long,
        ] {
            for password in ["wrong", "", String(repeating: "p", count: 3000), "{}"] {
                let body = "{\"username\":\"\(name)\",\"password\":\"\(password)\"}"
                answers.append(
                    try await world.installation.expectRefusal(
                        of: .json("/api/user/login", body), 401, "wrongCredentials"))
            }
        }
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(Set(answers.map(\.headers)).count == 1)
    }

    @Test func `of many who open one link at once one gets in`() async throws {
        let token = try await world.installation.mintAdministratorLink()
        let body = TestInstallation.text(["token": token])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { [world] in
                    try await world.answer(to: .json("/api/user/redeemLink", body)).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200] + [Int](repeating: 410, count: 7))
    }

    @Test func `a link works once, for a day, and for what it is`() async throws {
        let installation = world.installation
        let account = try await installation.register("late")
        let verify = try #require(try installation.verificationToken(for: account))
        let administer = try await installation.mintAdministratorLink()
        let verified = Call.json("/api/user/verify", TestInstallation.text(["token": verify]))
        let redeemed = Call.json(
            "/api/user/redeemLink", TestInstallation.text(["token": administer]))
        for (path, token) in [("verify", administer), ("redeemLink", verify)] {
            let call = Call.json("/api/user/\(path)", TestInstallation.text(["token": token]))
            try await installation.expectRefusal(of: call, 410, "invalidLink")
        }
        for call in [verified, redeemed] {
            #expect(try await world.answer(to: call).status == 200)
            try await installation.expectRefusal(of: call, 410, "invalidLink")
        }
        let second = try await installation.register("later")
        let late = try #require(try installation.verificationToken(for: second))
        installation.clock.advance(by: .seconds(24 * 3600 + 1))
        try await installation.expectRefusal(
            of: .json("/api/user/verify", TestInstallation.text(["token": late])), 410,
            "invalidLink")
    }
}
