import ArgumentParser
import ClusterNetwork
import Foundation
import Logging
import StarchairServer
import StarchairWeb

/// The whole installation in one process.
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run all services and the web page in one process.",
        discussion: """
            Everything is kept in the data folder: a SQLite database for each service, the \
            submitted files, and the letters that were sent (as .eml files in mail/). What was \
            acknowledged survives a crash of the process or the machine. End it with Ctrl-C.

            Example: starchair up --port 8080 --data /var/lib/starchair
            """)

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port: UInt16 = 8080

    @Option(help: "The address to listen on; others than loopback are open to the network.")
    var host = "127.0.0.1"

    @OptionGroup var data: DataFolderOption

    @Option(help: "The address that people open, when a proxy stands before this one.")
    var publicURL: String?

    @Option(
        help: """
            The server that sends letters: smtp://user:password@host:587 (STARTTLS), smtps://…, or \
            without encryption smtp+plain://…; STARCHAIR_SMTP keeps the password from other users.
            """)
    var smtp: String?

    @Option(help: "Who letters come from, with --smtp; or STARCHAIR_MAIL_SENDER.")
    var sender: String?

    func run() async throws {
        let port = try port == 0 ? FreePort.find(on: host) : port
        let publicURL = try checkedPublicURL(port: port)
        let mailServer = try checkedMailServer()
        let folder = try await DataFolder(path: data.data, isExclusive: true)
        try folder.keep(publicURL: publicURL)
        let system = SystemPlatform(.init(offloadThreadCount: 2))
        let embedded = try await EmbeddedInstallation(
            folder: folder, system: system, publicURL: publicURL, mailServer: mailServer)
        try await embedded.start()
        let web = try WebFiles(folder: WebResources.folder, manual: WebResources.manual)
        var logger = Logger(label: "starchair") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let server = StarchairServer(
            .init(host: host, port: Int(port)), gateway: embedded.responder, web: web,
            live: embedded.liveEndpoint,
            logger: logger)
        do {
            try await server.run { port in await greet(embedded, port: port) }
        } catch {
            await embedded.stop()
            throw Failure(
                "cannot listen on \(host):\(port): \(error). Choose another --port or --host.")
        }
        await embedded.stop()
    }

    private func greet(_ embedded: EmbeddedInstallation, port: Int) async {
        Terminal.say("Starchair is ready at http://\(host):\(port)")
        Terminal.say("Data: \(data.data) (letters are spooled in its folder mail)")
        do {
            let link = try await embedded.mintAdministratorLink(onlyIfNobodyIsYet: true)
            if let link { Terminal.say("First administrator, once, within a day: \(link)") }
        } catch {
            Terminal.warn("no administrator's link could be made: \(error)")
        }
    }

    private func checkedMailServer() throws -> OutgoingMail.Server? {
        let variables = ProcessInfo.processInfo.environment
        do {
            return try OutgoingMail.Server(
                smtp: smtp ?? variables[PodConfiguration.name(of: "smtp")],
                sender: sender ?? variables[PodConfiguration.name(of: "mail.sender")],
                authority: variables[PodConfiguration.name(of: "smtp.authority")])
        } catch {
            throw Failure("\(error)")
        }
    }

    private func checkedPublicURL(port: UInt16) throws -> String {
        guard let publicURL else { return "http://\(host):\(port)" }
        guard let url = URL(string: publicURL), ["http", "https"].contains(url.scheme),
            url.host() != nil
        else { throw ValidationError("--public-url is like https://conference.example.org") }
        return publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    }
}

/// Which folder holds the data.
struct DataFolderOption: ParsableArguments {
    @Option(help: "The folder that holds all data; it is made when it is missing.")
    var data = "data"
}
