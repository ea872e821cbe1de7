import ArgumentParser
import Foundation
import LocalCluster

/// What a machine's processes said.
struct ClusterLogs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print what machines said.",
        discussion: """
            Examples:
              starchair cluster logs rabbitmq
              starchair cluster logs draft/1 --follow
            """)

    @OptionGroup var cluster: ClusterOptions

    @Argument(help: "A machine, or a service for all its instances.")
    var name: String

    @Option(name: [.customShort("n"), .long], help: "How many of the last lines of each.")
    var lines = 100

    @Flag(name: .shortAndLong, help: "Go on with what is added, until Ctrl-C.")
    var follow = false

    func validate() throws {
        guard lines >= 0 else { throw ValidationError("--lines is 0 or more") }
    }

    func run() async throws {
        var paths: [String] = []
        try await cluster.with(isChange: false) { cluster in
            paths = try await cluster.machines(named: name).map { cluster.log(of: $0.name) }
        }
        let words = ["tail", "-n", "\(lines)"] + (follow ? ["-F"] : []) + paths
        // This process becomes `tail`, so that Ctrl-C and pipes are its affair.
        let arguments = words.map { strdup($0) } + [nil]
        execvp(words[0], arguments)
        throw Failure("tail cannot be run: \(String(cString: strerror(errno)))")
    }
}
