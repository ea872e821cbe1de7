import ArgumentParser
import ClusterNetwork

/// A way in for who has the machine.
struct AdministratorLink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "administrator-link",
        abstract: "Print a link that signs an administrator in, once.",
        discussion: """
            It works beside a running `starchair up` on the same data folder. With --cluster it \
            asks the UserService of a cluster, by the settings that `starchair serve` takes.
            """)

    @OptionGroup var data: DataFolderOption

    @Option(help: "The address that people open, if it is not the one that `up` was given.")
    var publicURL: String?

    @Flag(help: "Ask a cluster, found by the settings of `starchair serve`.")
    var cluster = false

    func run() async throws {
        if cluster { return try await askCluster() }
        let folder = try await DataFolder(path: data.data, isExclusive: false)
        let system = SystemPlatform(.init(offloadThreadCount: 1))
        let embedded = try await EmbeddedInstallation(
            folder: folder, system: system, publicURL: publicURL ?? folder.publicURL,
            isVisit: true)
        try await embedded.start()
        let link = try await embedded.mintAdministratorLink(onlyIfNobodyIsYet: false)
        await embedded.stop()
        if let link { Terminal.say(link) }
    }

    private func askCluster() async throws {
        let configuration = try await PodConfiguration()
        let system = SystemPlatform(.init(offloadThreadCount: 1))
        let node = try PodInstallation.visitor(configuration, system.platform)
        await node.visit()
        do {
            let token = try await AdministratorToken.mint(
                by: node.client, onlyIfNobodyIsYet: false)
            if let token {
                Terminal.say(token.link(of: publicURL ?? configuration.publicURL))
            }
        } catch {
            throw Failure("the UserService cannot be asked: \(error)")
        }
        await system.shutDown()
    }
}
