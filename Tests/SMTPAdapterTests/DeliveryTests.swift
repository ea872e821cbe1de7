import ClusterNetwork
import Conformance
import Platform
import Ports
import SMTPAdapter
import SystemAdapters
import Testing

/// Letters that a real server takes, refuses or puts off.
@Suite struct DeliveryTests {
    let system = SystemPlatform(SystemPlatform.Configuration(offloadThreadCount: 2))
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: MailerConformance.checks)
    func `the relay keeps what a mailer promises`(
        _ check: Check<MailerConformance.Subject>
    ) async throws {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        let subject = MailerConformance.Subject(opened.relay, tasks: system.tasks) {
            guard try await opened.drains() else { return ["letters that wait"] }
            return try server.received.compactMap { $0.id.split(separator: "@").first }
                .map { String($0.dropFirst()) }
        }
        try await check.run(subject)
        await opened.relay.shutDown()
    }

    @Test func `a letter arrives once, over TLS, as it was written`() async throws {
        let server = try MailServer { $0.password = "only for tests" }
        let opened = try OpenedRelay(server, folder, system) {
            $0.smtp.credentials = SMTPCredentials(user: "chair", password: "only for tests")
        }
        let long = String(repeating: "long ünd ", count: 500)
        let text = ".\n..\n.dot\nFrom the start\n\n\(long)\nspaces  \ntab\t\n=41 日本語 😀\n."
        let subject = "Grüße: " + String(repeating: "件名 ", count: 30) + "end"
        try await opened.relay.deliver(.sample(subject: subject, text: text))
        #expect(try await opened.drains())
        let received = try server.received
        #expect(received.count == 1)
        let letter = try #require(received.first)
        #expect(letter.from == "chair@conf.example")
        #expect(letter.to == ["ada@example.org"])
        #expect(letter.id == "<l1@conf.example>")
        #expect(letter.subject == subject)
        #expect(letter.text == text + "\n")
        #expect(letter.isSevenBit && letter.overTLS && letter.user)
        #expect(letter.longest <= 78)
        #expect(
            letter.headers == [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding", "Auto-Submitted",
            ])
        #expect(try folder.names().filter { $0.hasSuffix(".eml") } == [])
        #expect(opened.events == [])
        await opened.relay.shutDown()
    }

    @Test(arguments: ["", "\n", ".", "\r\n.\r\n", "a", "QUIT", "a\n.\nRCPT TO:<eve@example.org>\n"])
    func `a text that looks like the protocol is a text`(text: String) async throws {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        try await opened.relay.deliver(.sample(text: text))
        #expect(try await opened.drains())
        let expected = text.replacing("\r\n", with: "\n")
        let found = try server.received.map(\.text)
        #expect(
            found == [expected.isEmpty || expected.hasSuffix("\n") ? expected : expected + "\n"])
        #expect(try server.received.map(\.to) == [["ada@example.org"]])
        await opened.relay.shutDown()
    }

    @Test func `a server with TLS from the first byte is spoken with`() async throws {
        let server = try MailServer { $0.mode = .implicitTLS }
        let opened = try OpenedRelay(server, folder, system, security: .implicitTLS)
        try await opened.relay.deliver(.sample())
        #expect(try await opened.drains())
        #expect(try server.received.map(\.overTLS) == [true])
        await opened.relay.shutDown()
    }

    @Test func `a letter that the server puts off is sent later, and holds up no other`()
        async throws
    {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        try await opened.relay.deliver(.sample("first", to: "later@example.org"))
        try await opened.relay.deliver(.sample("second"))
        #expect(try await opened.drains())
        #expect(
            Set(try server.received.map(\.id)) == ["<first@conf.example>", "<second@conf.example>"])
        #expect(opened.events == [.postponed(id: "first", code: 451)])
        await opened.relay.shutDown()
    }

    @Test(arguments: [
        ("never", 550, "550 nobody here is never@example.org"), ("spam", 554, "554 we do not"),
    ])
    func `a letter that is refused is kept with the reason`(
        recipient: String, code: Int, reason: String
    ) async throws {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        try await opened.relay.deliver(.sample(to: "\(recipient)@example.org"))
        #expect(try await opened.drains())
        #expect(try server.received.isEmpty)
        #expect(try folder.text(of: "mail/refused/l1.txt").hasPrefix(reason))
        #expect(try folder.text(of: "mail/refused/l1.eml").contains("To: <\(recipient)@"))
        #expect(opened.events == [.refused(id: "l1", code: code)])
        #expect(!opened.events.map(\.description).joined().contains("@"))
        // It is the operator's now: handed in again, it is neither lost nor sent.
        try await opened.relay.deliver(.sample(to: "\(recipient)@example.org"))
        #expect(try await opened.drains())
        #expect(opened.events.count == 1)
        await opened.relay.shutDown()
    }

    @Test func `a letter that is handed in again is not sent again, after a restart neither`()
        async throws
    {
        let server = try MailServer { $0.mode = .plain }
        for _ in 0..<2 {
            let opened = try OpenedRelay(server, folder, system, security: .none)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await opened.relay.deliver(.sample()) } }
                try await group.waitForAll()
            }
            #expect(try await opened.drains())
            try await opened.relay.deliver(.sample())
            #expect(try await opened.drains())
            await opened.relay.shutDown()
        }
        #expect(try server.received.map(\.id) == ["<l1@conf.example>"])
    }

    @Test(arguments: [
        ("ada@example.org\r\nRCPT TO:<eve@example.org>", "News"), ("<ada@example.org>", "News"),
        ("ada@example.org>\r\nDATA", "News"), ("ada@example.org eve@example.org", "News"),
        ("ada@example.org,eve@example.org", "News"), ("a\0@example.org", "News"),
        ("ada@example.org", "a\r\nBcc: eve@example.org"), ("ada@example.org", "a\nb"),
        ("ada@example.org", "a\u{85}b"), ("ada@example.org", "a\u{2028}b"), ("", ""),
    ])
    func `what could smuggle in another recipient or header is refused`(
        recipient: String, subject: String
    ) async throws {
        let server = try MailServer { $0.mode = .plain }
        let opened = try OpenedRelay(server, folder, system, security: .none)
        do throws(MailError) {
            try await opened.relay.deliver(.sample(to: recipient, subject: subject))
            Issue.record("it was taken")
        } catch {
            guard case .refused = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(opened.relay.letterCount == 0)
        #expect(try server.received.isEmpty)
        await opened.relay.shutDown()
    }
}
