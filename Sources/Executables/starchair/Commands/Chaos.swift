import ArgumentParser
import ClusterNetwork
import Foundation
import LocalCluster
import Platform
import Trials
import UnixSignals

/// A real cluster is broken while people work with it, and must keep what it promised.
struct Chaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Break a real cluster on this machine while people work with it, and judge it.",
        discussion: """
            Conferences and rushes of submissions go on over HTTP while machines are killed \
            (SIGKILL), stopped (SIGSTOP), restarted and cut off, by a plan that the seed decides. \
            Then all is healed, the system must recover by itself, and what everybody was told is \
            judged by the invariants that the simulation is judged by. A machine is killed when at \
            least \(ChaosTally.inFlightMinimum) writes are under way. It needs root.

            Without --data it starts a cluster of its own, and removes it at the end.

            Examples:
              starchair chaos --minutes 5 --seed 7
              starchair chaos --data cluster-data

            Exit codes: 0 all held; 1 something is broken or lost; 5 something was never seen, so \
            that nothing is known about it; 64 wrong usage; 69 the servers cannot be had.
            """)

    @Option(help: "How long things are broken, in minutes: 1 to 1440.")
    var minutes = 5

    @Option(help: "What decides the plan of faults.")
    var seed: UInt64 = 1

    @Option(help: "Instances of each service of the cluster that is started: 1 to 16.")
    var replicas = 2

    @Option(help: "Conferences that go on at once.")
    var conferences = 2

    @Option(help: "Rushes of submissions that go on at once.")
    var rushes = 3

    @Option(help: "Conferences that go on at once and close by themselves at a deadline.")
    var deadlines = 1

    @Option(help: "Authors of each rush: 2 to 200.")
    var authors = 12

    @Option(help: "The folder of a cluster that is up, to be used instead of an own one.")
    var data: String?

    @Option(help: "The port of localhost for the gateway of an own cluster; 0 chooses one.")
    var port = 0

    @Flag(help: "Print the report as JSON.")
    var json = false

    func validate() throws {
        guard (1...1440).contains(minutes) else {
            throw ValidationError("--minutes is from 1 to 1440")
        }
        guard LocalCluster.Settings.replicaCounts.contains(replicas) else {
            throw ValidationError("--replicas is from 1 to 16")
        }
        let counts = [conferences, rushes, deadlines]
        guard counts.allSatisfy((0...16).contains), counts.contains(where: { $0 > 0 }) else {
            throw ValidationError(
                "--conferences, --rushes and --deadlines are from 0 to 16, not all 0")
        }
        guard (2...200).contains(authors) else {
            throw ValidationError("--authors is from 2 to 200")
        }
        guard UInt16(exactly: port) != nil else {
            throw ValidationError("--port is from 0 to 65535")
        }
    }

    func run() async throws {
        let system = SystemPlatform(.init(offloadThreadCount: 8))
        let ground: ChaosGround
        do {
            ground = try await ChaosGround(
                data: data, replicas: replicas, port: port, system.platform)
        } catch {
            Terminal.warn("\(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
        let outcome = await reportUnlessInterrupted(on: ground, system.platform)
        await system.tasks.shutDown()
        try await ground.leave()
        await system.shutDown()
        let report = try outcome.get()
        try show(report)
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }

    /// The report; Ctrl-C ends the run, so that the cluster goes down.
    private func reportUnlessInterrupted(
        on ground: ChaosGround, _ platform: Platform
    ) async -> Result<ChaosReport, any Error> {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return await withTaskGroup { group in
            group.addTask { await report(on: ground, platform) }
            group.addTask {
                for await _ in signals {
                    return .failure(Failure("interrupted: nothing is known about this run"))
                }
                return .failure(CancellationError())
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(CancellationError())
        }
    }

    private func report(
        on ground: ChaosGround, _ platform: Platform
    ) async -> Result<ChaosReport, any Error> {
        do {
            return .success(
                try await ground.run(
                    .init(
                        conferenceCount: conferences, rushCount: rushes,
                        deadlineCount: deadlines, authorCount: authors),
                    seed: seed, storm: .seconds(60 * minutes), platform))
        } catch {
            return .failure(error)
        }
    }

    private func show(_ report: ChaosReport) throws {
        guard json else { return Terminal.say(report.text) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        Terminal.say(String(decoding: try encoder.encode(report.document), as: UTF8.self))
    }
}
