import Effects
import StarchairAPI
import Testing

/// What opens something stands in no store.
@Suite struct StoredSecretsTests {
    let world: TestConference

    init() async throws { world = try await TestConference() }

    private func collections(holding text: String) -> Set<String> {
        world.installation.stores.values.reduce(into: []) { found, store in
            found.formUnion(store.collections(holding: text))
        }
    }

    @Test func `no password is ever written`() async throws {
        let wrong = "a wrong password"
        _ = try await world.answer(
            to: .json(
                "/api/user/login", TestInstallation.text(["username": "chair", "password": wrong])))
        let call = Call.json(
            "/api/user/register",
            TestInstallation.text([
                "username": "chair", "password": "a refused password", "fullname": "X",
                "email": "x@example.org",
            ])
        ).key("refused")
        #expect(try await world.answer(to: call).status == 409)
        for password in [Person.password, wrong, "a refused password"] {
            #expect(collections(holding: password).isEmpty)
        }
        #expect(collections(holding: "chair@example.org").contains("accounts"))
    }

    @Test func `no session is ever written`() async throws {
        let sessions = [
            world.administrator, world.chair, world.author, world.coauthor, world.unverified,
        ].map(\.session)
        let ended = try await world.installation.signIn("chair")
        _ = try await world.answer(to: .post("/api/user/logout").session(ended).key("end"))
        _ = try await world.submission()
        for session in sessions + [ended] {
            #expect(collections(holding: session).isEmpty)
        }
    }

    @Test func `no administrator's link is ever written`() async throws {
        let unused = try await world.installation.mintAdministratorLink()
        let used = try await world.installation.mintAdministratorLink()
        let body = TestInstallation.text(["token": used])
        #expect(try await world.answer(to: .json("/api/user/redeemLink", body)).status == 200)
        for token in [unused, used] { #expect(collections(holding: token).isEmpty) }
    }

    @Test func `a link to an address stands in its letter only`() async throws {
        let account = try await world.installation.register("late")
        let token = try #require(try world.installation.verificationToken(for: account))
        let body = TestInstallation.text(["token": token])
        #expect(try await world.answer(to: .json("/api/user/verify", body)).status == 200)
        #expect(collections(holding: token) == [EffectsCollection.outbox])
    }
}
