import ClusterSimulator
import Simulations
import Testing

@Suite(.serialized) struct SubmissionRushTests {
    private func sweep(_ scenario: Scenario, _ seedCount: Int) -> SweepResult {
        var configuration = Sweep.Configuration()
        configuration.seedCount = seedCount
        configuration.threadCount = 2
        return Sweep(scenario, configuration).run { _, _ in }
    }

    @Test func `every invariant holds while nodes die at the deadline`() {
        let result = sweep(.submissionRush(), 60)
        for failure in result.failures {
            Issue.record(
                """
                ./starchair simulate run submission-rush --seed \(failure.seed)
                \(failure)
                """)
        }
        #expect(result.tally.seedCount == 60)
        #expect(
            result.tally.median("sometimes: submission handed in at the deadline (1 2 3 8)") > 0)
    }

    @Test func `every invariant holds while a deadline comes and is taken away`() {
        let result = sweep(.deadlineRush(), 20)
        for failure in result.failures {
            Issue.record(
                """
                ./starchair simulate run deadline-rush --seed \(failure.seed)
                \(failure)
                """)
        }
        #expect(result.tally.median("sometimes: extension acknowledged (9)") > 0)
    }

    @Test func `a seed gives the same run twice and another one another`() {
        func hash(_ seed: UInt64) -> UInt64 {
            SimulationThread.run { Scenario.submissionRush().simulate(.init(seed: seed)).hash }
        }
        #expect(hash(3) == hash(3))
        #expect(hash(3) != hash(4))
    }

    @Test(arguments: Plant.all.map(\.name))
    func `a planted bug is found within its number of seeds`(_ name: String) throws {
        let plant = try #require(Plant.named(name))
        let seed = plant.firstDetection(seedCount: plant.seedCountMaximum, onThreads: 2)
        #expect(seed != nil, "\(name) was not found in \(plant.seedCountMaximum) seeds")
    }
}
