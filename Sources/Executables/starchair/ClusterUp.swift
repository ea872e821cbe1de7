import ArgumentParser
import Foundation
import LocalCluster
import StarchairWeb

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
        var settings = try Self.settings(port: port, replicas: replicas, folder: cluster.folder)
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

    /// A cluster whose machines run this program.
    static func settings(
        port: Int, replicas: Int, folder: String
    ) throws -> LocalCluster.Settings {
        let program = try thisProgram()
        var settings = LocalCluster.Settings(port: port)
        settings.replicaCount = replicas
        settings.web = WebResources.folder.plainPath
        settings.documentation = WebResources.manual.plainPath
        settings.follower = Program(
            program, ["cluster", "follow", "--data", folder], environment: libraryPath)
        settings.instance = Program(program, ["serve"], environment: libraryPath)
        return settings
    }

    private static func thisProgram() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// Where this program finds its libraries, if it needed to be told.
    private static var libraryPath: [String: String] {
        ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
    }
}

extension URL {
    /// The absolute path, without a slash at the end.
    var plainPath: String {
        let path = standardizedFileURL.path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
