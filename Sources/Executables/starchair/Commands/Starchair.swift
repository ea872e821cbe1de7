import ArgumentParser

/// The program for whoever runs an installation.
@main
struct Starchair: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "starchair",
        abstract: "Conference management: submissions, peer review, decisions.",
        discussion: """
            Start with `starchair up`: it needs no other server, keeps all data in one folder, \
            and prints the address to open and a link for the first administrator.

            Exit codes: 0 done; 1 it did not work, the message says why and what to do; \
            64 wrong usage.
            """,
        subcommands: [
            Up.self, ClusterCommand.self, Serve.self, AdministratorLink.self, DeadLetters.self,
            Smoke.self,
            Check.self, Chaos.self,
        ])
}
