import ClusterNetwork
import Platform
import Ports
import SMTPAdapter
import SystemAdapters
import Testing

/// Servers that are away, die, lie or are not who they should be.
@Suite struct TroubleTests {
    let system = SystemPlatform(SystemPlatform.Configuration(offloadThreadCount: 2))
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Whether the relay has found out that it can hand over nothing.
    private func isUnreachable(_ opened: OpenedRelay) async throws -> Bool {
        try await eventually {
            opened.events.contains { if case .unreachable = $0 { true } else { false } }
        }
    }

    @Test func `letters wait for a server that is away, and go when it is back`() async throws {
        let server = try MailServer()
        server.kill()
        let opened = try OpenedRelay(server, folder, system)
        for number in 0..<10 { try await opened.relay.deliver(.sample("l\(number)")) }
        #expect(try await isUnreachable(opened))
        #expect(opened.relay.letterCount == 10)
        try server.start()
        #expect(try await opened.drains())
        #expect(Set(try server.received.map(\.id)).count == 10)
        #expect(try server.received.count == 10)
        #expect(opened.events.last == .reachable)
        await opened.relay.shutDown()
    }

    @Test func `a server that is killed before it answers for a letter gets it again`() async throws
    {
        let server = try MailServer { $0.isSlow = true }
        let opened = try OpenedRelay(server, folder, system)
        try await opened.relay.deliver(.sample(to: "slow@example.org"))
        #expect(try await eventually { try server.isKeepingWaiting })
        server.kill()
        try server.start { $0.isSlow = false }
        #expect(try await opened.drains())
        #expect(try server.received.map(\.id) == ["<l1@conf.example>"])
        await opened.relay.shutDown()
    }

    @Test func `a server that dies in the middle of a letter gets the whole one again`()
        async throws
    {
        let server = try MailServer { $0.mode = .half }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        let text = String(repeating: "line\n", count: 100_000)
        try await opened.relay.deliver(.sample(text: text))
        #expect(try await eventually { opened.events.contains(.postponed(id: "l1", code: 0)) })
        server.kill()
        try server.start { $0.mode = .plain }
        #expect(try await opened.drains())
        #expect(try server.received.map(\.text) == [text])
        await opened.relay.shutDown()
    }

    @Test func `a relay ends although a server does not answer, and keeps the letter`() async throws
    {
        let server = try MailServer { $0.isSlow = true }
        let opened = try OpenedRelay(server, folder, system) { $0.relay.grace = .milliseconds(10) }
        try await opened.relay.deliver(.sample(to: "slow@example.org"))
        #expect(try await eventually { try server.isKeepingWaiting })
        await opened.relay.shutDown()
        #expect(try folder.names().contains("mail/l1.eml"))
        await #expect(throws: MailError.unavailable) {
            try await opened.relay.deliver(.sample("l2"))
        }
    }

    @Test func `a server that closes in the middle makes letters wait`() async throws {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        try await opened.relay.deliver(.sample(to: "closing@example.org"))
        #expect(try await isUnreachable(opened))
        #expect(opened.relay.letterCount == 1)
        await opened.relay.shutDown()
    }

    @Test func `letters that wait are sent after a restart`() async throws {
        let server = try MailServer()
        server.kill()
        let first = try OpenedRelay(server, folder, system)
        for id in ["l1", "l2"] { try await first.relay.deliver(.sample(id)) }
        await first.relay.shutDown()
        // What a crash leaves: half a letter, and one that was sent and not yet removed.
        try folder.write([1], to: "mail/.draft")
        try folder.write([], to: "mail/sent/l2")
        try server.start()
        let second = try OpenedRelay(server, folder, system)
        #expect(try await second.drains())
        #expect(try server.received.map(\.id) == ["<l1@conf.example>"])
        #expect(try folder.names().filter { $0.hasSuffix(".eml") || $0.hasSuffix(".draft") } == [])
        await second.relay.shutDown()
    }

    @Test func `after a crash before the note a letter is sent again with its Message-ID`()
        async throws
    {
        let server = try MailServer()
        let first = try OpenedRelay(server, folder, system)
        try await first.relay.deliver(.sample())
        #expect(try await first.drains())
        await first.relay.shutDown()
        try folder.remove("mail/sent/l1")
        let second = try OpenedRelay(server, folder, system)
        try await second.relay.deliver(.sample())
        #expect(try await second.drains())
        #expect(try server.received.map(\.id) == ["<l1@conf.example>", "<l1@conf.example>"])
        await second.relay.shutDown()
    }

    @Test func `a certificate of another name gets no letter`() async throws {
        let server = try MailServer(.ofAnotherName)
        let opened = try OpenedRelay(server, folder, system)
        try await opened.relay.deliver(.sample())
        #expect(try await isUnreachable(opened))
        #expect(try server.received.isEmpty)
        await opened.relay.shutDown()
    }

    @Test func `a certificate of an unknown authority gets no letter`() async throws {
        let server = try MailServer()
        let opened = try OpenedRelay(server, folder, system) { $0.smtp.authorityFile = nil }
        try await opened.relay.deliver(.sample())
        #expect(try await isUnreachable(opened))
        #expect(try server.received.isEmpty)
        await opened.relay.shutDown()
    }

    @Test func `a server without TLS gets no letter unless that is allowed`() async throws {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system)
        try await opened.relay.deliver(.sample())
        #expect(try await isUnreachable(opened))
        #expect(try server.received.isEmpty)
        await opened.relay.shutDown()
        let allowed = try OpenedRelay(server, folder, system, security: .none)
        #expect(try await allowed.drains())
        #expect(try server.received.map(\.overTLS) == [false])
        await allowed.relay.shutDown()
    }

    @Test func `a wrong password loses no letter and is told without secrets`() async throws {
        let server = try MailServer { $0.password = "only for tests" }
        let opened = try OpenedRelay(server, folder, system) {
            $0.smtp.credentials = SMTPCredentials(user: "chair", password: "open sesame")
        }
        try await opened.relay.deliver(.sample())
        #expect(try await isUnreachable(opened))
        #expect(opened.relay.letterCount == 1)
        await opened.relay.shutDown()
        let told = opened.events.map(\.description).joined()
        #expect(told.contains("(answer 535)"))
        #expect(!told.contains("sesame") && !told.contains("@") && !told.contains("chair"))
        let right = try OpenedRelay(server, folder, system) {
            $0.smtp.credentials = SMTPCredentials(user: "chair", password: "only for tests")
        }
        #expect(try await right.drains())
        #expect(try server.received.count == 1)
        await right.relay.shutDown()
    }

    @Test(arguments: [SMTPConfiguration.Security.none, .startTLS, .implicitTLS])
    func `a server that says anything else loses no letter`(
        security: SMTPConfiguration.Security
    ) async throws {
        let server = try MailServer { $0.mode = .garbage }
        let opened = try OpenedRelay(server, folder, system, security: security) {
            $0.smtp.timeouts.connect = .milliseconds(500)
        }
        try await opened.relay.deliver(.sample())
        #expect(try await isUnreachable(opened))
        #expect(opened.relay.letterCount == 1)
        await opened.relay.shutDown()
        #expect(try folder.names().contains("mail/l1.eml"))
    }
}
