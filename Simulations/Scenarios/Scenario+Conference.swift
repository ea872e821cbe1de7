import ClusterSimulator

extension Scenario {
    /// A whole conference with everything that can go wrong.
    public static func wholeConference(_ plant: Plant? = nil) -> Scenario {
        conference(
            "whole-conference",
            "Invitations to decisions: 8 submissions, 6 reviewers, two instances of each service.",
            Adversity(), plant)
    }

    private static func conference(
        _ name: String, _ summary: String, _ adversity: Adversity, _ plant: Plant?
    ) -> Scenario {
        Scenario(
            name, summary, sometimes: ConferenceRun.sometimes, faults: []
        ) { simulation in
            await ConferenceRun(simulation, plant, adversity).run()
        }
    }
}
