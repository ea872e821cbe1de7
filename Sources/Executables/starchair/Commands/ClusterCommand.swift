import ArgumentParser
import ClusterNetwork
import Foundation
import LocalCluster

/// A whole real cluster on one machine.
struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Run the whole system as a real cluster on this machine, and break it.",
        discussion: """
            Consul, RabbitMQ, Redis, MongoDB, nginx and every instance of every service run as \
            processes of their own. Each has a network of its own, so every service has its \
            usual port and a cut really loses packets. It needs root.

            Examples:
              starchair cluster up --replicas 2
              starchair cluster kill draft/1
              starchair cluster cut user mongodb
              starchair cluster heal
              starchair cluster down

            A machine is named like redis, or DraftService/2, or draft/2; draft means all \
            instances of the DraftService.

            Exit codes: 0 done; 1 it did not work, the message says why and what to do; \
            64 wrong usage.
            """,
        subcommands: [
            ClusterUp.self, ClusterStatus.self, ClusterLogs.self, ClusterKill.self,
            ClusterPause.self, ClusterResume.self, ClusterRestart.self, ClusterCut.self,
            ClusterHeal.self, ClusterEnvironment.self, ClusterFollow.self, ClusterDown.self,
        ])
}

/// Which cluster is meant.
struct ClusterOptions: ParsableArguments {
    @Option(help: "The folder that holds all of the cluster: data, secrets, logs.")
    var data = Self.usualFolder

    static let usualFolder = "cluster-data"

    /// The folder as an absolute path.
    var folder: String { URL(filePath: data).plainPath }

    /// Does something to the cluster.
    func with(
        _ settings: LocalCluster.Settings? = nil, isChange: Bool = true,
        _ body: (LocalCluster) async throws -> Void
    ) async throws {
        let system = SystemPlatform(.init(offloadThreadCount: 8))
        let cluster = try await LocalCluster(
            folder: folder, settings: settings, isChange: isChange, programs: .installed,
            platform: system.platform)
        try await body(cluster)
        await system.shutDown()
    }
}
