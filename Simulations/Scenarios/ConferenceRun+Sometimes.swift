import ClusterSimulator
import Trials

extension ConferenceRun {
    /// What must happen now and then, for the invariants to say anything; each with the
    /// invariants that it is for.
    static let sometimes = [
        "submission accepted (1 2 3 18)", "review confirmed (1 11)",
        "review over a later one refused (11)", "post accepted (1 2 3)",
        "post refused as closed (2 8)", "decision made (1 12)",
        "decision over a later one refused (18)", "rebuttal accepted (1)",
        "conflict acknowledged (6 7)", "look after a conflict refused (6 14)",
        "reviewers assigned (10)", "second assignment at once (10)", "assignment given back (14)",
        "reviews read by an author (4 12)", "decision read by an author (12)",
        "ended session refused (13)", "invitation accepted (19)", "told nothing (2)",
        "asked after healing (20)", "notification shown on a page (16)", "restarted",
        "asked by a role lost long ago (14)", "events accounted for (17)", "call repeated (20)",
        "work timed (20)",
    ].map { "sometimes: " + $0 }

    func countSometimes() {
        for entry in history.entries {
            if let name = Self.name(of: entry) { simulation.count("sometimes: " + name) }
        }
        let shown = pages.reduce(0) { $0 + $1.sequences.count }
        if shown > 0 {
            simulation.count("sometimes: notification shown on a page (16)", by: shown)
        }
        let assignments = history.entries.count {
            if case .assignAll = $0.operation { $0.outcome == .done } else { false }
        }
        if assignments > 1 { simulation.count("sometimes: second assignment at once (10)") }
    }

    private static func name(of entry: History.Entry) -> String? {
        switch (entry.operation, entry.outcome) {
        case (_, .unknown): "told nothing (2)"
        case (.submit, .submission): "submission accepted (1 2 3 18)"
        case (.review(_, _, _, true), .review): "review confirmed (1 11)"
        case (.review, .refused("versionConflict")): "review over a later one refused (11)"
        case (.say, .post): "post accepted (1 2 3)"
        case (.say, .refused("windowClosed")): "post refused as closed (2 8)"
        case (.decide, .decision): "decision made (1 12)"
        case (.decide, .refused("versionConflict")): "decision over a later one refused (18)"
        case (.rebut, .rebuttal): "rebuttal accepted (1)"
        case (.declareConflict, .done): "conflict acknowledged (6 7)"
        case (.spy, .refused): "look after a conflict refused (6 14)"
        case (.assignAll, .done): "reviewers assigned (10)"
        case (.decline, .done): "assignment given back (14)"
        case (.readProcess, .process(let view)) where view.decision != nil:
            "decision read by an author (12)"
        case (.readProcess, .process(let view)) where view.reviews.contains { $0.version == nil }:
            "reviews read by an author (4 12)"
        case (.useEndedSession, .refused): "ended session refused (13)"
        case (.accept, .done): "invitation accepted (19)"
        case (.ask, .done): "asked after healing (20)"
        default: nil
        }
    }
}
