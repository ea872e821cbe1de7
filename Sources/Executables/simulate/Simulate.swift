import ArgumentParser
import ClusterSimulator
import Simulations

@main
struct Simulate: ParsableCommand {
    @Argument var seed: UInt64 = 1
    @Argument var count: UInt64 = 1

    func run() throws {
        let scenario = Scenario.submissionRush()
        for seed in seed..<(seed + count) {
            let report = scenario.simulate(SimulationOptions(seed: seed))
            print(report)
        }
    }
}
