import ArgumentParser
import LocalCluster

/// The gateway's routes are those of the registry.
struct ClusterFollow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Keep the gateway's routes as the registry has them.",
        discussion: """
            `cluster up` runs it in the background, as the machine `follower`. It rewrites \
            nginx's configuration, and has nginx read it, when the passing instances change.
            """)

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        try await cluster.with(isChange: false) { cluster in
            try await cluster.follow { Terminal.warn($0) }
        }
    }
}
