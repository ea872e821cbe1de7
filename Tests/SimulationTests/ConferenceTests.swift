import ClusterSimulator
import Simulations
import Testing
import Trials

/// Whole conferences hold under every kind of trouble; each bug that is planted is found.
@Suite(.serialized) struct ConferenceTests {
    @Test(arguments: Scenario.all().filter { !$0.name.hasSuffix("-rush") }.map(\.name))
    func `every invariant holds in a whole conference`(name: String) throws {
        var configuration = Sweep.Configuration()
        configuration.seedCount = 4
        configuration.threadCount = 2
        let scenario = try #require(Scenario.named(name))
        let result = Sweep(scenario, configuration).run { _, _ in }
        for failure in result.failures {
            Issue.record(
                """
                ./starchair simulate run \(name) --seed \(failure.seed)
                \(failure.violations.map(\.description).joined(separator: "\n"))
                \(failure.ending)
                """)
        }
    }

    @Test(arguments: WholeConference.Side.allCases)
    func `nobody is answered otherwise because somebody else is somebody else`(
        side: WholeConference.Side
    ) {
        for seed: UInt64 in 1...2 {
            let result = Twins(side).compare(seed: seed)
            #expect(result.differenceCount == 0, "seed \(seed): \(result.firstDifference ?? "")")
            #expect(result.answerCount > 50)
        }
    }
}
