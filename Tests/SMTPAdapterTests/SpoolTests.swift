import ClusterNetwork
import Platform
import Ports
import SMTPAdapter
import SystemAdapters
import Testing

/// The folder of a relay: its bounds, its owner and its old letters.
@Suite struct SpoolTests {
    let system = SystemPlatform(SystemPlatform.Configuration(offloadThreadCount: 2))
    let folder: TemporaryFolder
    let server: MailServer

    /// With a server that is away.
    init() throws {
        folder = try TemporaryFolder()
        server = try MailServer { $0.mode = .plain }
        server.kill()
    }

    @Test func `one letter too many is unavailable until there is room`() async throws {
        let opened = try OpenedRelay(server, folder, system, security: .none) {
            $0.relay.letterCountMaximum = 3
        }
        for number in 0..<3 { try await opened.relay.deliver(.sample("l\(number)")) }
        await #expect(throws: MailError.unavailable) {
            try await opened.relay.deliver(.sample("l3"))
        }
        // One that is there already needs no room.
        try await opened.relay.deliver(.sample("l2"))
        #expect(opened.events.contains(.full(letterCount: 3)))
        try server.start()
        #expect(try await opened.drains())
        try await opened.relay.deliver(.sample("l3"))
        #expect(try await opened.drains())
        #expect(try server.received.count == 4)
        await opened.relay.shutDown()
    }

    @Test func `letters that were refused take room until somebody removes them`() async throws {
        try server.start()
        let opened = try OpenedRelay(server, folder, system, security: .none) {
            $0.relay.letterCountMaximum = 1
        }
        try await opened.relay.deliver(.sample(to: "never@example.org"))
        #expect(try await opened.drains())
        await #expect(throws: MailError.unavailable) {
            try await opened.relay.deliver(.sample("l2"))
        }
        try folder.remove("mail/refused/l1.eml")
        #expect(
            try await eventually {
                do throws(MailError) {
                    try await opened.relay.deliver(.sample("l2"))
                    return true
                } catch {
                    return false
                }
            })
        await opened.relay.shutDown()
    }

    @Test func `bytes are bounded too, and a letter has a largest size`() async throws {
        let opened = try OpenedRelay(server, folder, system, security: .none) {
            $0.relay.byteCountMaximum = 600_000
        }
        let text = String(repeating: "a", count: 500_000)
        try await opened.relay.deliver(.sample("l1", text: text))
        await #expect(throws: MailError.unavailable) {
            try await opened.relay.deliver(.sample("l2", text: text))
        }
        await #expect(throws: MailError.refused("a message has at most 1048576 bytes")) {
            try await opened.relay.deliver(.sample("l3", text: text + text + text))
        }
        #expect(opened.relay.letterCount == 1)
        await opened.relay.shutDown()
    }

    @Test func `a folder has one relay at a time`() async throws {
        let opened = try OpenedRelay(server, folder, system, security: .none)
        #expect(throws: FolderError.self) {
            try OpenedRelay(server, folder, system, security: .none)
        }
        await opened.relay.shutDown()
        let next = try OpenedRelay(server, folder, system, security: .none)
        await next.relay.shutDown()
    }

    @Test func `a letter that nobody takes is put aside when it is old`() async throws {
        let first = try OpenedRelay(server, folder, system, security: .none)
        for id in ["old", "new"] { try await first.relay.deliver(.sample(id)) }
        await first.relay.shutDown()
        try folder.age("mail/old.eml", by: 5 * 24 * 3600 + 60)
        try folder.age("mail/new.eml", by: 5 * 24 * 3600 - 600)
        let second = try OpenedRelay(server, folder, system, security: .none)
        #expect(try await eventually { second.events.contains(.expired(id: "old")) })
        #expect(try await eventually { second.relay.letterCount == 1 })
        #expect(try folder.text(of: "mail/refused/old.txt").contains("not taken within"))
        #expect(try folder.names().contains("mail/refused/old.eml"))
        #expect(try folder.names().contains("mail/new.eml"))
        await second.relay.shutDown()
    }

    @Test func `an old letter is tried once before it is put aside`() async throws {
        let first = try OpenedRelay(server, folder, system, security: .none)
        try await first.relay.deliver(.sample())
        await first.relay.shutDown()
        try folder.age("mail/l1.eml", by: 30 * 24 * 3600)
        try server.start()
        let second = try OpenedRelay(server, folder, system, security: .none)
        #expect(try await second.drains())
        #expect(try server.received.count == 1)
        await second.relay.shutDown()
    }

    @Test func `ids are forgotten after a while`() async throws {
        try server.start()
        let opened = try OpenedRelay(server, folder, system, security: .none)
        for id in ["old", "new"] { try await opened.relay.deliver(.sample(id)) }
        #expect(try await opened.drains())
        try folder.age("mail/sent/old", by: 8 * 24 * 3600 + 60)
        #expect(try await eventually { try !folder.names().contains("mail/sent/old") })
        #expect(try folder.names().contains("mail/sent/new"))
        await opened.relay.shutDown()
    }

    @Test func `a file that is no letter is put aside and stops nothing`() async throws {
        let opened = try OpenedRelay(server, folder, system, security: .none)
        await opened.relay.shutDown()
        try folder.write(Array("To: <a@b>, <c@d>\r\n\r\ntext".utf8), to: "mail/odd.eml")
        try folder.write(Array("\r\nTo: <a@b>\r\n".utf8), to: "mail/body.eml")
        try folder.write([], to: "mail/empty.eml")
        try server.start()
        let next = try OpenedRelay(server, folder, system, security: .none)
        try await next.relay.deliver(.sample())
        #expect(try await next.drains())
        #expect(try server.received.count == 1)
        let refused = try folder.names().filter { $0.hasPrefix("mail/refused/") }
        #expect(refused.filter { $0.hasSuffix(".eml") }.count == 3)
        await next.relay.shutDown()
    }
}
