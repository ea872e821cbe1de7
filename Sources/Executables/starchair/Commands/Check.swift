import ArgumentParser
import ClusterNetwork
import Foundation
import Trials

/// Whether what is stored is whole.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read all that an installation has stored, and judge it.",
        discussion: """
            The installation must be at rest: nobody works with it, and what has to be delivered \
            is (the check waits for that a while). Every file is read whole and held against its \
            hash; submissions, conflicts, assignments, reviews, committees, inboxes, outboxes and \
            releases are held against each other across the services. What people were told is \
            not known here: that is judged by `starchair chaos` and in simulation.

            Without --cluster it judges a data folder, which nobody may serve meanwhile.

            Examples:
              starchair check --data /var/lib/starchair
              eval "$(starchair cluster environment)"; starchair check --cluster

            Exit codes: 0 all is well; 1 something is broken; 64 wrong usage; 69 the stores \
            cannot be read.
            """)

    @OptionGroup var data: DataFolderOption

    @Flag(help: "Judge a cluster, found by the settings of `starchair serve`.")
    var cluster = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    private struct Result: Encodable {
        var judged: [String: Int]
        var broken: [String: [String]]
        var nameless: Int
    }

    func run() async throws {
        let system = SystemPlatform(.init(offloadThreadCount: 4))
        let verdict: StateCheck.Verdict
        do {
            let stored = try await open(system)
            let reader = StateReader(installation: stored, clock: system.platform.clock)
            verdict = try await StateCheck(reader: reader).judge()
            await stored.close()
        } catch {
            Terminal.warn("\(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
        await system.shutDown()
        try show(verdict)
        guard verdict.findings.isEmpty else { throw ExitCode.failure }
    }

    private func open(_ system: SystemPlatform) async throws -> StoredInstallation {
        if cluster {
            let configuration = try await PodConfiguration()
            return try await .ofCluster(configuration, system.platform)
        }
        guard FileManager.default.fileExists(atPath: "\(data.data)/format") else {
            throw Failure("there is no installation in \(data.data)")
        }
        let folder = try await DataFolder(path: data.data, isExclusive: true)
        return try .ofFolder(folder, system.platform)
    }

    private func show(_ verdict: StateCheck.Verdict) throws {
        if json {
            let result = Result(
                judged: Dictionary(
                    verdict.occurrences.map { ($0.name, $0.count) }, uniquingKeysWith: +),
                broken: Dictionary(grouping: verdict.findings, by: \.invariant)
                    .mapValues { $0.map(\.detail) },
                nameless: verdict.namelessCount)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Terminal.say(String(decoding: try encoder.encode(result), as: UTF8.self))
        }
        for (name, count) in verdict.occurrences { Terminal.say("\(count) \(name)") }
        Terminal.say("\(verdict.namelessCount) contents wait for their document, or for the sweep")
        for finding in verdict.findings {
            Terminal.say("BROKEN: \(finding.invariant): \(finding.detail)")
        }
        Terminal.say(verdict.findings.isEmpty ? "all is well" : "something is broken")
    }
}
