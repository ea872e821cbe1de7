import ClusterNetwork
import Ports
import SystemAdapters
import Testing

/// What the argon2id hasher makes and takes.
@Suite struct Argon2Tests {
    let system = SystemPlatform.forTests()

    @Test func `a hash names its parameters, salt and version`() async throws {
        let hasher = Argon2PasswordHasher(offload: system.offload)
        let hash = try await hasher.hash("password", salt: Array(0..<16))
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$"))
        #expect(try await hasher.verify("password", against: hash))
    }

    /// The sample is from the test program of the reference implementation.
    @Test func `a hash that another program made is taken`() async throws {
        let hash =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        let hasher = Argon2PasswordHasher(offload: system.offload)
        #expect(try await hasher.verify("password", against: hash))
        #expect(try await !hasher.verify("Password", against: hash))
    }

    @Test(arguments: [
        "", "$argon2id$", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA",
        "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$AAAA",
        "$argon2id$v=19$m=64,t=1$c29tZXNhbHQ$AAAA", "$argon2id$v=19$m=64,t=1,p=1$!$!",
        "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
        "$argon2id$v=19$m=64,t=1000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
    ])
    func `a hash that is none, or costs too much, is refused`(hash: String) async throws {
        let hasher = Argon2PasswordHasher(offload: system.offload)
        await #expect(throws: Argon2Error.unreadable) {
            try await hasher.verify("password", against: hash)
        }
    }
}
