import ClusterSimulator

extension Scenario {
    /// The names of all scenarios.
    public static var names: [String] { [submissionRush()].map(\.name) }

    /// The scenario of this name, with a planted bug if one is given.
    public static func named(_ name: String, plant: Plant? = nil) -> Scenario? {
        [submissionRush(plant)].first { $0.name == name }
    }
}
