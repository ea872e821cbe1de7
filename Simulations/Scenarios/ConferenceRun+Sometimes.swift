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
        let counts = Occurrence.counts(of: history, pages)
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { self.count(name, count) }
    }

    /// Counts what was seen, if it was.
    func count(_ occurrence: String, _ count: Int) {
        guard count > 0 else { return }
        simulation.count("sometimes: " + occurrence, by: count)
    }
}
