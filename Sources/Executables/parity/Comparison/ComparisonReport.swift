/// What a comparison of one component came to.
struct ComparisonReport: Sendable {
    let component: ComponentName
    let rows: [(operation: String, outcomes: [String])]
    var tally = Tally()
    var differences: [ShrunkDifference] = []
    /// Differences that did not come again, with their seeds: a busy machine was late.
    var unrepeated: [(seed: UInt64, difference: Difference)] = []

    init<Subject: Component>(_: Subject.Type) {
        component = Subject.name
        rows = Subject.outcomes
    }

    /// Outcomes that were never seen, so that nothing is known about them.
    var neverSeen: [String] {
        rows.flatMap { row in
            row.outcomes.filter { tally.count(row.operation, $0) == 0 }
                .map { "\(row.operation): \($0)" }
        }
    }

    /// Outcomes that the component's table does not have.
    var unlisted: [String] {
        let listed = Dictionary(uniqueKeysWithValues: rows.map { ($0.operation, $0.outcomes) })
        return tally.counts.sorted { $0.key < $1.key }.flatMap { operation, outcomes in
            outcomes.keys.sorted().filter { listed[operation]?.contains($0) != true }
                .map { "\(operation): \($0)" }
        }
    }
}
