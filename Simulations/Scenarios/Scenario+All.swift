import ClusterSimulator

extension Scenario {
    /// All scenarios, with a planted bug if one is given.
    public static func all(plant: Plant? = nil) -> [Scenario] {
        [submissionRush(plant), deadlineRush(plant), wholeConference(plant)]
            + conferencesInTrouble(plant)
    }

    /// The scenario of this name, with a planted bug if one is given.
    public static func named(_ name: String, plant: Plant? = nil) -> Scenario? {
        all(plant: plant).first { $0.name == name }
    }
}
