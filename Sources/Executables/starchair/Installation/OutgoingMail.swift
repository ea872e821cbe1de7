import ClusterNetwork
import Platform
import Ports
import SMTPAdapter
import SystemAdapters

/// The way out for letters: a folder from which somebody else takes them, or one from which they
/// are sent.
struct OutgoingMail {
    /// The server that letters are handed to, as the settings name it.
    struct Server {
        let url: ServerURL
        let security: SMTPConfiguration.Security
        let sender: MailAddress
        /// A file with the certificates to trust instead of the system's.
        let authority: String?

        private static let kinds: [(String, SMTPConfiguration.Security, port: Int)] = [
            ("smtp", .startTLS, 587), ("smtps", .implicitTLS, 465), ("smtp+plain", .none, 25),
        ]

        /// Reads the settings; nil when they name no server.
        init?(smtp: String?, sender: String?, authority: String?) throws {
            guard let smtp else { return nil }
            let kind = Self.kinds.first { smtp.hasPrefix($0.0 + "://") }
            guard let (scheme, security, port) = kind else {
                throw SettingError(
                    "smtp",
                    "must begin with smtp:// (STARTTLS), smtps:// or, without encryption, "
                        + "smtp+plain://")
            }
            url = try ServerURL(smtp, scheme: scheme, defaultPort: port, key: "smtp")
            guard url.path.isEmpty else { throw SettingError("smtp", "has nothing after the port") }
            guard let sender, let address = MailAddress(sender) else {
                throw SettingError("mail.sender", "must be an address like chairs@example.org")
            }
            self.security = security
            self.sender = address
            self.authority = authority
            try check()
        }

        /// What the adapter is told.
        var configuration: SMTPConfiguration {
            // An address of IPv6 stands in brackets.
            let host = String(url.host.drop { $0 == "[" }.prefix { $0 != "]" })
            var configuration = SMTPConfiguration(
                host: host, security: security, clientName: sender.domain)
            configuration.port = url.port
            configuration.authorityFile = authority
            if let password = url.password {
                configuration.credentials = SMTPCredentials(user: url.user, password: password)
            }
            return configuration
        }

        private func check() throws {
            do throws(ConfigurationError) {
                try configuration.check()
            } catch {
                throw SettingError("smtp", "cannot be used: \(error)")
            }
        }
    }

    let mailer: any Mailer
    private let relay: MailRelay?
    private let offload: ThreadOffload?

    /// Opens the folder; nothing is sent yet.
    init(folder: String, server: Server?, platform: Platform) throws {
        guard let server else {
            mailer = try SpoolMailer(
                folder: folder, sender: EmbeddedInstallation.sender, platform: platform)
            (relay, offload) = (nil, nil)
            return
        }
        let settings = MailRelayConfiguration(folder: folder, sender: server.sender)
        let threads = ThreadOffload(
            threadCount: settings.carriageCountMaximum,
            waitingCountMaximum: settings.carriageCountMaximum)
        let relay = try MailRelay(
            settings, carrier: try SMTPCarrier(server.configuration, offload: threads),
            platform: platform, report: { Terminal.warn("mail: \($0)") })
        mailer = relay
        (self.relay, offload) = (relay, threads)
    }

    /// Begins to send.
    func start() { relay?.start() }

    /// Lets letters under way a while to end; the others wait in the folder.
    func shutDown() async {
        await relay?.shutDown()
        await offload?.shutDown()
    }
}
