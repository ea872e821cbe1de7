import ClusterSimulator
import Glibc

/// Finds the race and shows that the repair has none; with a seed, replays that run of the race.
@main
enum Main {
    static func main() {
        // One order of sets and dictionaries in every process; it must come first.
        DeterministicProcess.reexecute()
        let arguments = CommandLine.arguments
        if arguments.count == 1 { exit(findRace() && checkRepair() ? 0 : 1) }
        guard arguments.count == 3, arguments[1] == "--seed", let seed = UInt64(arguments[2])
        else {
            print("usage: \(arguments[0]) [--seed NUMBER]")
            exit(2)
        }
        replay(seed)
    }

    private static func findRace() -> Bool {
        let scenario = Scenario.counter(checksVersion: false)
        print("A counter that replaces whatever is stored, at most 100 seeds:")
        guard let report = sweep(scenario, seedCount: 100).failures.first,
            report.verdict == .safety
        else {
            print("  the planted race was NOT found")
            return false
        }
        for violation in report.violations { print("  \(violation)") }
        print("  replay it: \(CommandLine.arguments[0]) --seed \(report.seed)")
        let again = scenario.simulate(.init(seed: report.seed))
        print("  hash \(String(report.hash, radix: 16)), again \(String(again.hash, radix: 16))")
        return report.hash == again.hash
    }

    private static func checkRepair() -> Bool {
        print("A counter that replaces only what it read, 1000 seeds:")
        let swept = sweep(.counter(checksVersion: true), seedCount: 1000)
        let failed = swept.tally.failureCount
        print("  \(swept.tally.seedCount - failed) held, \(failed) failed")
        for report in swept.failures { print(report) }
        return failed == 0
    }

    private static func sweep(_ scenario: Scenario, seedCount: Int) -> SweepResult {
        var configuration = Sweep.Configuration()
        configuration.seedCount = seedCount
        configuration.stopsWhen = { _ in true }
        return Sweep(scenario, configuration).run { _, _ in }
    }

    private static func replay(_ seed: UInt64) {
        var options = SimulationOptions(seed: seed)
        options.recordsTrace = true
        let report = Scenario.counter(checksVersion: false).simulate(options)
        for event in report.trace where event.kind != .job {
            print("\(event.time) \(event.node): \(event.kind.name) \(event.text)")
        }
        print(report)
    }
}
