import PeerReview
import StarchairAPI

extension DeadlineInvariants {
    /// What happened that these invariants are about: how often, by name.
    public func occurrences() -> [(name: String, count: Int)] {
        let names = entries.compactMap(occurrence)
        return Dictionary(grouping: names) { $0 }.map { ($0.key, $0.value.count) }
            .sorted { $0.0 < $1.0 }
    }

    private func occurrence(_ entry: History.Entry) -> String? {
        switch (entry.operation, entry.outcome) {
        case (.move(_, .submitting), .conference(let view)):
            let isExtension =
                sightings.newest(before: entry.begun).map { sightings.isLater(view, than: $0.view) }
            return isExtension == true ? Self.extended : nil
        case (.moveDeadline, .conference): return Self.postponed
        case (.look, .conference(let view)): return look(entry, view)
        case (.submit, .submission):
            return isAfterFirstDeadline(entry) ? Self.acceptedLater : Self.accepted
        case (.submit, .refused("windowClosed")):
            return isAfterAll(entry) ? Self.refusedAtLast : Self.refused
        default: return nil
        }
    }

    private func look(_ entry: History.Entry, _ view: ConferenceView) -> String? {
        let isMoved = entries.contains { other in
            guard case .move(_, .bidding) = other.operation else { return false }
            return other.begun < entry.ended ?? .zero
        }
        return view.status == .bidding && !isMoved ? Self.closedByItself : nil
    }

    private func isAfterFirstDeadline(_ entry: History.Entry) -> Bool {
        let first = entries.compactMap(ConferenceSightings.sighting)
            .compactMap { sightings.deadline(of: $0.view) }.min()
        return first.map { entry.begun > $0 + circumstances.clockError } ?? false
    }

    /// Whether the conference was never opened again.
    private func isAfterAll(_ entry: History.Entry) -> Bool {
        !entries.contains { other in
            guard case .move(_, .submitting) = other.operation else { return false }
            return other.begun > entry.begun
        }
    }

    static let accepted = "accepted before the deadline (8)"
    static let acceptedLater = "accepted thanks to an extension (9)"
    static let refused = "refused as closed (8)"
    static let refusedAtLast = "refused after the last close (8)"
    static let extended = "extension acknowledged (9)"
    static let postponed = "deadline moved before it came (9)"
    static let closedByItself = "deadline closed by itself (8)"

    /// The names of all that ``occurrences()`` counts.
    public static let occurrenceNames = [
        accepted, acceptedLater, refused, refusedAtLast, extended, postponed,
        closedByItself,
    ]
}
