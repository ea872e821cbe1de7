import ArgumentParser
import LocalCluster

/// How other programs find the cluster.
struct ClusterEnvironment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "environment",
        abstract: "Print the variables by which a program on this host finds the cluster.",
        discussion: """
            They are those of `starchair serve`, for a shell, and hold secrets.

            Example:
              eval "$(starchair cluster environment)"
              starchair administrator-link --cluster
            """)

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        try await cluster.with(isChange: false) { cluster in
            let variables = try await cluster.visitorEnvironment()
            for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
                let quoted = value.replacing("'", with: #"'\''"#)
                Terminal.say("export \(name)='\(quoted)'")
            }
        }
    }
}
