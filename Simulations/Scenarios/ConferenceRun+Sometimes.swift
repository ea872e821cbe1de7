import ClusterSimulator
import Trials

extension ConferenceRun {
    /// What must happen now and then, for the invariants to say anything; each with the
    /// invariants that it is for.
    static let sometimes =
        (Occurrence.ofConferences + [
            "restarted", "events accounted for (17)", "call repeated (20)", "work timed (20)",
        ]).map { "sometimes: " + $0 }

    func countSometimes() {
        for entry in history.entries { count(Occurrence.ofConference(entry)) }
        count(Occurrence.page, pages.reduce(0) { $0 + $1.sequences.count })
        let assignments = history.entries.count {
            if case .assignAll = $0.operation { $0.outcome == .done } else { false }
        }
        if assignments > 1 { count(Occurrence.secondAssignment) }
    }

    /// Counts what was seen, if it was.
    func count(_ occurrence: String?, _ count: Int = 1) {
        guard let occurrence, count > 0 else { return }
        simulation.count("sometimes: " + occurrence, by: count)
    }
}
