import ArgumentParser
import ClusterSimulator
import Glibc
import Simulations

/// One scenario, for one seed or many.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a scenario for one seed (--seed) or many (--seeds).")

    @Argument(help: "The scenario; `simulate list` names them.")
    var name: String

    @Option(help: "How many seeds to run.")
    var seeds = 100

    @Option(help: "The first of many seeds.")
    var firstSeed: UInt64 = 1

    @Option(help: "Threads to run seeds on.")
    var jobs = 2

    @Option(help: "One seed to run and report on.")
    var seed: UInt64?

    @Flag(help: "With --seed: print every event.")
    var trace = false

    @Flag(help: "With --seed: print the hash of the run alone.")
    var hash = false

    @Option(help: ArgumentHelp("With --seed: write a page about the run.", valueName: "file"))
    var report: String?

    @Option(help: "A planted bug; `simulate list` names them.")
    var plant: String?

    @Option(help: "The scheduler: random, fifo, pct2 or pct3; drawn for each seed if not given.")
    var policy: SchedulingPolicy?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard seeds >= 1, (1...64).contains(jobs) else {
            throw ValidationError("--seeds is at least 1, --jobs is 1 to 64")
        }
        if (trace || hash || report != nil) && seed == nil {
            throw ValidationError("--trace, --hash and --report want --seed")
        }
        _ = try Scenario.named(name, plantNamed: plant)
    }

    func run() throws {
        let scenario = try Scenario.named(name, plantNamed: plant)
        if let seed { return try runOne(scenario, seed) }
        var configuration = Sweep.Configuration()
        configuration.firstSeed = firstSeed
        configuration.seedCount = seeds
        configuration.threadCount = jobs
        configuration.policy = policy
        let start = Output.seconds
        let (total, isQuiet) = (seeds, json)
        let result = Sweep(scenario, configuration).run { done, failed in
            if !isQuiet { Output.progress(done, of: total, failed: failed) }
        }
        let summary = Summary(result, seconds: Output.seconds - start, plant: plant)
        Output.write(json ? summary.json : summary.text)
        if summary.exitCode != 0 { throw ExitCode(summary.exitCode) }
    }

    private func runOne(_ scenario: Scenario, _ seed: UInt64) throws {
        var options = SimulationOptions(seed: seed, policy: policy)
        options.recordsTrace = trace || report != nil
        options.recordsJobs = trace
        let result = scenario.simulate(options)
        if hash {
            Output.write(String(result.hash, radix: 16))
        } else {
            if trace { for event in result.trace { Output.write(event.line) } }
            Output.write("\(result)")
        }
        let isReported = report.map { writePage(about: result, of: scenario, to: $0) } ?? true
        let code = result.verdict.exitCode
        if code != 0 { throw ExitCode(code) }
        if !isReported { throw ExitCode(2) }
    }

    /// Writes the page and says where it is, or why it is not.
    private func writePage(
        about result: SimulationReport, of scenario: Scenario, to path: String
    ) -> Bool {
        var command = "./starchair simulate run \(scenario.name) --seed \(result.seed)"
        if let plant { command += " --plant \(plant)" }
        if let policy { command += " --policy \(policy)" }
        var heading = RunPage.Heading(
            scenario: scenario.name, summary: scenario.summary, replayCommand: command)
        heading.plant = plant
        var page = RunPage(result, heading).html
        let isWritten = page.withUTF8 { bytes in
            guard let file = fopen(path, "w") else { return false }
            let count = fwrite(bytes.baseAddress, 1, bytes.count, file)
            return fclose(file) == 0 && count == bytes.count
        }
        let words =
            isWritten
            ? "The page about this run is in \(path)"
            : "\(path) cannot be written: \(String(cString: strerror(errno)))"
        Output.write(words, isError: true)
        return isWritten
    }
}

extension Scenario {
    /// The scenario of this name, with the planted bug of that name if one is given.
    static func named(_ name: String, plantNamed plantName: String?) throws -> Scenario {
        let plant = plantName.flatMap { Plant.named($0) }
        if let plantName, plant == nil {
            throw ValidationError("there is no planted bug \(plantName); try: simulate list")
        }
        guard let scenario = Scenario.named(name, plant: plant) else {
            throw ValidationError("there is no scenario \(name); try: simulate list")
        }
        return scenario
    }
}

extension SchedulingPolicy: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "random": self = .random
        case "fifo": self = .fifo
        case "pct2": self = .pct(depth: 2)
        case "pct3": self = .pct(depth: 3)
        default: return nil
        }
    }
}

extension Verdict {
    /// The program's exit code for a run that came to this.
    var exitCode: Int32 {
        switch self {
        case .held: 0
        case .safety: 1
        case .liveness: 3
        case .nondeterminism: 4
        }
    }
}

extension TraceEvent {
    /// The event as a line of a trace.
    var line: String {
        let life = incarnation > 1 ? "'\(incarnation)" : ""
        return "\(stepCount) \(time) \(node)\(life) \(kind.name) \(text)"
    }
}
