import ArgumentParser
import ClusterNetwork
import Foundation
import Platform

/// Measures the runtime beside its peers.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures the runtime beside its peers: raw figures of both, and their ratio.",
        discussion: """
            The contenders of a comparison take short turns in one process: A B C A B C … \
            after a warm-up. A ratio is the median of the ratios of the turns; over 1 ours is \
            faster. On a busy machine all rates are low; the ratio and the processor time that \
            each piece of work took say more. Over TCP, the side that answers is a process of \
            its own, whose processor time is not counted. Adapters are measured on real servers \
            on this machine, which are started for it and gone afterwards; a raw driver's name \
            says how many clients or connections it has; commits of one store of ours that wait \
            together share a transaction. redis-benchmark keeps its own time, without its start.
            """,
        subcommands: [EchoServers.self])

    @Option(help: ArgumentHelp("Measure what has this in its name.", valueName: "text"))
    var filter: String?
    @Flag(help: "Take short turns: a glance, not a measurement.")
    var quick = false
    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() async throws {
        let platform = SystemPlatform(.init(offloadThreadCount: 1)).platform
        let servers = RealServers(
            environment: ProcessInfo.processInfo.environment, platform: platform)
        let comparisons = try await Self.comparisons(on: servers, platform).filter(isWanted)
        guard !comparisons.isEmpty else {
            throw ValidationError("no comparison has '\(filter ?? "")' in its name")
        }
        let report: Report
        do {
            report = try await measure(comparisons)
        } catch {
            try await servers.end()
            throw error
        }
        try await servers.end()
        print(json ? try report.json() : report.table)
    }

    private func measure(_ comparisons: [Comparison]) async throws -> Report {
        let turns = quick ? Turns.quick : Turns.thorough
        var results: [ComparisonResult] = []
        for (index, comparison) in comparisons.enumerated() {
            Terminal.say("measuring \(index + 1) of \(comparisons.count): \(comparison.name)")
            results.append(try await turns.measure(comparison))
        }
        return Report(machine: .current, isQuick: quick, results: results)
    }

    private func isWanted(_ comparison: Comparison) -> Bool {
        guard let filter, !filter.isEmpty else { return true }
        return comparison.name.contains(filter)
    }

    /// All comparisons. The simulator comes last: once used, it stays beneath all tasks.
    private static func comparisons(
        on servers: RealServers, _ platform: Platform
    ) async throws -> [Comparison] {
        try CodecComparisons.all() + (await CallComparisons.all()) + (await TCPComparisons.all())
            + StoreComparisons.all(on: servers)
            + SessionComparisons.all(on: servers, platform: platform)
            + EventComparisons.all(on: servers, platform: platform) + SimulationComparisons.all()
    }
}
