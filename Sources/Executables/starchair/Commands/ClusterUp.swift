import ArgumentParser
import Foundation
import LocalCluster

/// Everything starts, or what is missing.
struct ClusterUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Start the cluster, or what is missing of it.",
        discussion: """
            It returns when the registry passes every instance and the gateway knows them; the \
            cluster goes on until `cluster down`. When something does not start, the end of its \
            log is shown, and what has started goes on: `cluster status` tells more.

            Data, secrets and certificates stay in the folder and are used again.
            """)

    @OptionGroup var cluster: ClusterOptions

    @Option(help: "Instances of each service, 1 to 16.")
    var replicas = 1

    @Option(help: "The port of localhost on which the gateway listens.")
    var port = 8080

    @Option(help: "The address that people open, when a proxy stands before the gateway.")
    var publicURL: String?

    @Option(help: "A folder to be served below /docs instead of the manual.")
    var documentation: String?

    @Flag(help: "Start the backing servers and the gateway, but no service.")
    var serversOnly = false

    func validate() throws {
        guard UInt16(exactly: port) ?? 0 > 0 else {
            throw ValidationError("--port is from 1 to 65535")
        }
        guard LocalCluster.Settings.replicaCounts.contains(replicas) else {
            throw ValidationError("--replicas is from 1 to 16")
        }
    }

    func run() async throws {
        var settings = try LocalCluster.Settings(
            ofThisProgram: cluster.folder, port: port, replicas: replicas)
        if let publicURL { settings.publicURL = publicURL }
        if let documentation { settings.documentation = URL(filePath: documentation).plainPath }
        if serversOnly { settings.instance = nil }
        let begun = ContinuousClock.now
        try await cluster.with(settings) { cluster in
            try await cluster.start { Terminal.warn($0) }
        }
        let seconds = (ContinuousClock.now - begun).components.seconds
        Terminal.say("The cluster is ready at \(settings.publicURL) after \(seconds) s")
        Terminal.say("Logs: \(cluster.folder)/logs (or `starchair cluster logs NAME`)")
    }
}
