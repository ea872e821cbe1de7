import ArgumentParser
import FoundationEssentials

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
            its own, whose processor time is not counted.
            """,
        subcommands: [EchoServers.self])

    @Option(help: ArgumentHelp("Measure what has this in its name.", valueName: "text"))
    var filter: String?
    @Flag(help: "Take short turns: a glance, not a measurement.")
    var quick = false
    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() async throws {
        let comparisons = try await Self.comparisons().filter(isWanted)
        guard !comparisons.isEmpty else {
            throw ValidationError("no comparison has '\(filter ?? "")' in its name")
        }
        let turns = quick ? Turns.quick : Turns.thorough
        var results: [ComparisonResult] = []
        for (index, comparison) in comparisons.enumerated() {
            Terminal.say("measuring \(index + 1) of \(comparisons.count): \(comparison.name)")
            results.append(try await turns.measure(comparison))
        }
        let report = Report(machine: .current, isQuick: quick, results: results)
        print(json ? try report.json() : report.table)
    }

    private func isWanted(_ comparison: Comparison) -> Bool {
        guard let filter, !filter.isEmpty else { return true }
        return comparison.name.contains(filter)
    }

    /// All comparisons. The simulator comes last: once used, it stays beneath all tasks.
    private static func comparisons() async throws -> [Comparison] {
        try CodecComparisons.all() + (await CallComparisons.all()) + (await TCPComparisons.all())
            + SimulationComparisons.all()
    }
}
