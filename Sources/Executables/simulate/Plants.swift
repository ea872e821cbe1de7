import ArgumentParser
import ClusterSimulator
import Simulations

/// How soon each planted bug is found.
struct Plants: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plant every bug in turn and print the seeds to its detection by policy.")

    @Argument(help: "The bugs; all of them if none is named.")
    var names: [String] = []

    @Flag(help: "Try every policy, not only the one that each seed draws.")
    var allPolicies = false

    @Option(
        help: "The most seeds to try for each bug and policy; the bug's own bound if not given.")
    var seeds: Int?

    @Option(help: "Threads to run seeds on.")
    var jobs = 2

    private static let policies: [(name: String, policy: SchedulingPolicy?)] = [
        ("drawn", nil), ("random", .random), ("pct2", .pct(depth: 2)), ("pct3", .pct(depth: 3)),
        ("fifo", .fifo),
    ]

    func validate() throws {
        if let name = names.first(where: { Plant.named($0) == nil }) {
            throw ValidationError("there is no planted bug \(name); try: simulate list")
        }
    }

    func run() throws {
        var isMissed = false
        let policies = allPolicies ? Self.policies : Array(Self.policies.prefix(1))
        Output.write(
            "bug".padded(26) + "scenario".padded(20)
                + policies.map { $0.name.padded(9) }.joined() + "bound  breaks")
        let plants = names.isEmpty ? Plant.all : names.compactMap { Plant.named($0) }
        for plant in plants {
            var row = plant.name.padded(26) + plant.scenario.padded(20)
            for (index, entry) in policies.enumerated() {
                let found = plant.firstDetection(
                    seedCount: seeds ?? plant.seedCountMaximum, policy: entry.policy,
                    onThreads: jobs)
                if index == 0, found == nil { isMissed = true }
                row += (found.map { "\($0)" } ?? "-").padded(9)
            }
            Output.write(row + "\(plant.seedCountMaximum)".padded(7) + plant.invariant)
        }
        if isMissed { throw ExitCode(1) }
    }
}

extension String {
    /// The text, filled with spaces to `count` characters.
    func padded(_ count: Int) -> String {
        self + String(repeating: " ", count: max(1, count - self.count))
    }
}
