import ArgumentParser
import ClusterSimulator
import Simulations

/// How soon each planted bug is found.
struct Plants: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plant every bug in turn and print the seeds to its detection by policy.")

    @Argument(help: "The scenario.")
    var name = "submission-rush"

    @Option(
        help: "The most seeds to try for each bug and policy; the bug's own bound if not given.")
    var seeds: Int?

    @Option(help: "Threads to run seeds on.")
    var jobs = 2

    private static let policies: [(name: String, policy: SchedulingPolicy?)] = [
        ("drawn", nil), ("random", .random), ("pct2", .pct(depth: 2)), ("pct3", .pct(depth: 3)),
        ("fifo", .fifo),
    ]

    func run() throws {
        var isMissed = false
        Output.write(
            "bug".padded(26) + Self.policies.map { $0.name.padded(9) }.joined() + "bound  breaks")
        for plant in Plant.all {
            guard let scenario = Scenario.named(name, plant: plant) else {
                throw ValidationError("there is no scenario \(name); try: simulate list")
            }
            var row = plant.name.padded(26)
            for (index, entry) in Self.policies.enumerated() {
                let found = firstFailure(scenario, plant, entry.policy)
                if index == 0, found == nil { isMissed = true }
                row += (found.map { "\($0)" } ?? "-").padded(9)
            }
            Output.write(row + "\(plant.seedCountMaximum)".padded(7) + plant.invariant)
        }
        if isMissed { throw ExitCode(1) }
    }

    private func firstFailure(
        _ scenario: Scenario, _ plant: Plant, _ policy: SchedulingPolicy?
    ) -> UInt64? {
        var configuration = Sweep.Configuration()
        configuration.seedCount = seeds ?? plant.seedCountMaximum
        configuration.threadCount = jobs
        configuration.policy = policy
        configuration.stopsAtFailure = true
        let result = Sweep(scenario, configuration).run { _, _ in }
        return result.failures.first { plant.explains($0) }?.seed
    }
}

extension String {
    /// The text, filled with spaces to `count` characters.
    func padded(_ count: Int) -> String {
        self + String(repeating: " ", count: max(1, count - self.count))
    }
}
