import ArgumentParser
import ClusterNetwork

/// A way in for who has the machine.
struct AdministratorLink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "administrator-link",
        abstract: "Print a link that signs an administrator in, once.",
        discussion: "It works beside a running `starchair up` on the same data folder.")

    @OptionGroup var data: DataFolderOption

    @Option(help: "The address that people open, if it is not the one that `up` was given.")
    var publicURL: String?

    func run() async throws {
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
}
