import ArgumentParser
import ClusterSimulator
import Simulations
import Trials

/// Whether anybody learns from an answer who somebody else is.
struct TwinRuns: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twins",
        abstract: "Run each seed twice with other reviewers, or other authors, and compare.",
        discussion: """
            The two runs differ in who the people of one side are, and in nothing else. Every \
            answer that the other side is given is compared: path, status, headers and body. With \
            --plant-policy the rule that hides them is taken away, which says how many answers it \
            protects.

            Exit codes: 0 no answer differs; 1 some do; 2 wrong usage.
            """)

    @Option(help: "How many seeds to run.")
    var seeds = 100

    @Option(help: "The first seed.")
    var firstSeed: UInt64 = 1

    @Option(help: "Threads to run seeds on.")
    var jobs = 2

    @Option(help: "One seed, to print where its two runs part.")
    var seed: UInt64?

    @Flag(help: "Take the rule that hides them away.")
    var plantPolicy = false

    func validate() throws {
        guard seeds >= 1, (1...64).contains(jobs) else {
            throw ValidationError("--seeds is at least 1, --jobs is 1 to 64")
        }
    }

    func run() throws {
        var isDifferent = false
        for side in WholeConference.Side.allCases {
            let twins = Twins(side, plant: plantPolicy ? Twins.plant(for: side) : nil)
            if let seed {
                let lines = twins.parting(seed: seed) ?? ["the two runs go alike"]
                Output.write((["other \(side.rawValue):"] + lines).joined(separator: "\n  "))
                continue
            }
            let result = twins.compare(
                seeds: seeds, from: firstSeed, onThreads: jobs
            ) { done in Output.progress(done, of: seeds, failed: 0) }
            isDifferent = isDifferent || result.differenceCount > 0
            Output.write(
                "other \(side.rawValue): \(seeds) seeds, \(result.answerCount) answers, "
                    + "\(result.byteCount) bytes compared, \(result.differenceCount) differ")
            if let first = result.firstDifference, !plantPolicy { Output.write("  \(first)") }
        }
        if isDifferent { throw ExitCode(1) }
    }
}
