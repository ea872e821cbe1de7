import ArgumentParser
import LocalCluster

/// Everything ends.
struct ClusterDown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "End the cluster and remove its networks.",
        discussion: """
            Services end first and finish what they do, for 10 s at most; then the servers. The \
            data stay for the next `cluster up`, unless --remove-data is given.
            """)

    @OptionGroup var cluster: ClusterOptions

    @Flag(help: "Remove the folder too: data, secrets, certificates, logs.")
    var removeData = false

    func run() async throws {
        try await cluster.with { try await $0.stop(removingData: removeData) }
        Terminal.say("The cluster is down")
    }
}
