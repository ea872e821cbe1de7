import ArgumentParser
import ClusterSimulator
import Glibc
import Simulations

/// Whether a seed gives the same run in two processes that differ in all that must not matter.
struct CheckDeterminism: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-determinism",
        abstract: "Run each seed in two different processes and compare every 256th hash.",
        discussion: """
            The processes differ in address layout, hash seeds, environment, time zone and heap.
            """)

    @Argument(help: "The scenario.")
    var name: String

    @Option(help: "How many seeds to compare.")
    var seeds = 200

    @Option(help: "The first seed.")
    var firstSeed: UInt64 = 1

    @Option(help: "A planted bug, to see the check fail: unordered-iteration.")
    var plant: String?

    @Flag(help: .hidden)
    var child = false

    func run() throws {
        let scenario = try Scenario.named(name, plantNamed: plant)
        if child { return printCheckpoints(of: scenario) }
        let arguments =
            [
                "check-determinism", name, "--seeds", "\(seeds)", "--first-seed", "\(firstSeed)",
                "--child",
            ] + (plant.map { ["--plant", $0] } ?? [])
        let ordered = ChildProcess(arguments, isOrderly: true)
        let other = ChildProcess(arguments, isOrderly: false)
        var comparison = Comparison()
        while let left = ordered.nextLine(), let right = other.nextLine() {
            comparison.add(left, right)
            Output.progress(comparison.count, of: seeds, failed: comparison.differences.count)
        }
        guard comparison.count == seeds else {
            Output.write("only \(comparison.count) of \(seeds) seeds were compared", isError: true)
            throw ExitCode(4)
        }
        for difference in comparison.differences.prefix(10) { Output.write(difference) }
        Output.write(
            "\(comparison.count - comparison.differences.count) equal, "
                + "\(comparison.differences.count) different")
        if !comparison.differences.isEmpty { throw ExitCode(4) }
    }

    /// A line for each seed: the hash after each 256 steps, then the last.
    private func printCheckpoints(of scenario: Scenario) {
        // A heap of another shape, so that addresses and reuse differ.
        let ballast = (0..<Int(getpid()) % 5000).map { [UInt8](repeating: 1, count: $0 % 300) }
        for seed in firstSeed..<firstSeed + UInt64(seeds) {
            var options = SimulationOptions(seed: seed)
            options.recordsCheckpoints = true
            let report = SimulationThread.run { scenario.simulate(options) }
            let hashes = report.checkpoints.map(\.hash) + [report.hash]
            Output.write("\(seed) " + hashes.map { String($0, radix: 16) }.joined(separator: " "))
        }
        withExtendedLifetime(ballast) {}
    }

    private struct Comparison {
        var count = 0
        var differences: [String] = []

        mutating func add(_ left: String, _ right: String) {
            count += 1
            guard left != right else { return }
            let (left, right) = (left.split(separator: " "), right.split(separator: " "))
            let same = zip(left, right).prefix { $0 == $1 }.count - 1
            differences.append(
                "seed \(left.first ?? "?") differs between step \(256 * max(0, same - 1)) and "
                    + "\(256 * same)")
        }
    }
}
