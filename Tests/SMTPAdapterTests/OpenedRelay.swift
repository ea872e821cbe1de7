import ClusterNetwork
import Foundation
import Platform
import Ports
import SMTPAdapter
import Synchronization
import SystemAdapters

/// A relay to a server of the tests, and what it has reported.
final class OpenedRelay: Sendable {
    /// What tests change of both sides.
    struct Settings {
        var relay: MailRelayConfiguration
        var smtp: SMTPConfiguration
    }

    static let sender = MailAddress("chair@conf.example")!

    let relay: MailRelay
    private let offload = ThreadOffload(threadCount: 4, waitingCountMaximum: 4)
    private let journal = Journal()

    /// Opens a relay that is in a hurry, and starts it.
    init(
        _ server: MailServer, _ folder: TemporaryFolder, _ system: SystemPlatform,
        security: SMTPConfiguration.Security = .startTLS,
        _ change: (inout Settings) throws -> Void = { _ in }
    ) throws {
        var settings = Settings(
            relay: MailRelayConfiguration(folder: folder.path(of: "mail"), sender: Self.sender),
            smtp: SMTPConfiguration(
                host: "127.0.0.1", security: security, clientName: "pod.conf.example"))
        settings.relay.letterRest = .milliseconds(5)...(.milliseconds(20))
        settings.relay.serverRest = .milliseconds(5)...(.milliseconds(20))
        settings.relay.sweepInterval = .milliseconds(20)
        settings.smtp.port = server.port
        if !server.certificateFile.isEmpty {
            settings.smtp.authorityFile = server.certificateFile
        }
        try change(&settings)
        let journal = journal
        relay = try MailRelay(
            settings.relay, carrier: try SMTPCarrier(settings.smtp, offload: offload),
            platform: system.platform, report: { journal.note($0) })
        relay.start()
    }

    var events: [MailRelayEvent] { journal.events }

    /// Returns when no letter waits any more; false when one does for ever.
    func drains() async throws -> Bool { try await eventually { relay.letterCount == 0 } }

    private final class Journal: Sendable {
        private let guarded = Mutex<[MailRelayEvent]>([])

        var events: [MailRelayEvent] { guarded.withLock { $0 } }

        func note(_ event: MailRelayEvent) { guarded.withLock { $0.append(event) } }
    }
}

extension Letter {
    /// A letter of the tests.
    static func sample(
        _ id: String = "l1", to recipient: String = "ada@example.org", subject: String = "News",
        text: String = "Dear Ada,\n"
    ) -> Letter {
        Letter(id: id, recipient: recipient, subject: subject, text: text)
    }
}

/// Returns when `holds` does; false when it never does.
func eventually(_ holds: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<3000 {
        if try await holds() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
