import ArgumentParser
import ClusterSimulator
import Glibc
import Simulations

/// The program that simulates the system, deterministically.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the whole system in one process, with faults, replayable from a seed.",
        discussion: """
            A seed draws everything: the schedule, the faults, what people do. The same seed of \
            the same build gives the same run.

            Examples:
              simulate list
              simulate run submission-rush --seeds 1000 --jobs 2
              simulate run submission-rush --seed 17 --trace
              simulate run submission-rush --plant reply-before-commit --seeds 300
              simulate check-determinism submission-rush --seeds 200

            Exit codes: 0 all held; 1 an invariant broke; 2 wrong usage; 3 something did not \
            happen that must; 4 a run cannot be repeated; 5 over 100 seeds or more, something \
            that must happen sometimes never did.
            """,
        subcommands: [
            List.self, Run.self, TwinRuns.self, Plants.self, CheckDeterminism.self,
        ])

    static func main() {
        // The check of determinism wants one process that is as unlike the others as can be.
        if getenv(ChildProcess.unlikeVariable) == nil { DeterministicProcess.reexecute() }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            // Wrong usage is 2 here; help and the version are not wrong.
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            Output.write(text, isError: !code.isSuccess)
            Glibc.exit(code.isSuccess ? 0 : 2)
        }
    }
}

/// What there is to simulate.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List scenarios and planted bugs.")

    func run() throws {
        for scenario in Scenario.all() {
            Output.write("\(scenario.name)  \(scenario.summary)")
        }
        Output.write("\nPlanted bugs (--plant):")
        for plant in Plant.all {
            Output.write(
                "\(plant.name)  \(plant.summary) Breaks \(plant.invariant) within "
                    + "\(plant.seedCountMaximum) seeds.")
        }
    }
}
