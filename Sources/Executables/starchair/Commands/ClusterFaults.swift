import ArgumentParser
import LocalCluster

/// A machine ends at once.
struct ClusterKill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "End machines as a loss of power would (SIGKILL).",
        discussion: "`cluster restart` or `cluster up` starts them again, on the data they left.")

    @OptionGroup var cluster: ClusterOptions
    @Argument(help: "A machine, or a service for all its instances.") var name: String

    func run() async throws { try await cluster.with { try await $0.kill(name) } }
}

/// A machine stops where it is.
struct ClusterPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop machines where they are (SIGSTOP).",
        discussion: "Their connections stay open and silent, until `cluster resume`.")

    @OptionGroup var cluster: ClusterOptions
    @Argument(help: "A machine, or a service for all its instances.") var name: String

    func run() async throws { try await cluster.with { try await $0.pause(name) } }
}

/// A machine goes on.
struct ClusterResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let machines that were paused go on (SIGCONT).")

    @OptionGroup var cluster: ClusterOptions
    @Argument(help: "A machine, or a service for all its instances.") var name: String

    func run() async throws { try await cluster.with { try await $0.resume(name) } }
}

/// A machine ends at once, and comes back.
struct ClusterRestart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Kill machines and start them on what they left on disk.")

    @OptionGroup var cluster: ClusterOptions
    @Argument(help: "A machine, or a service for all its instances.") var name: String

    func run() async throws { try await cluster.with { try await $0.restart(name) } }
}

/// Machines lose each other.
struct ClusterCut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cut", abstract: "Drop all packets between two machines, silently.",
        discussion: """
            Both directions go, on open connections too; nobody is told. Without a second \
            machine the first is cut off from all. `nginx` stands for the whole host.

            Examples:
              starchair cluster cut draft/1 mongodb
              starchair cluster cut consul
            """)

    @OptionGroup var cluster: ClusterOptions
    @Argument(help: "A machine, or a service for all its instances.") var name: String
    @Argument(help: "Whom it cannot reach; everybody if not given.") var peer: String?

    func run() async throws { try await cluster.with { try await $0.cut(name, from: peer) } }
}

/// All find each other again.
struct ClusterHeal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heal", abstract: "End all cuts.")

    @OptionGroup var cluster: ClusterOptions

    func run() async throws { try await cluster.with { try await $0.heal() } }
}
