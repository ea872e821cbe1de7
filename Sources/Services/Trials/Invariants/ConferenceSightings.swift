import PeerReview
import Platform
import StarchairAPI

/// What is surely known of a conference's window at a moment, from what people were shown and
/// from what they tried.
///
/// A conference's version rises with each change, so who was shown one knows that no older state
/// comes back.
struct ConferenceSightings {
    /// A conference as somebody was shown it.
    struct Sighting {
        let begun: Duration
        let ended: Duration
        let view: ConferenceView
    }

    /// Whether the window was open while something was done.
    enum Window: Equatable {
        case surelyOpen(isExtended: Bool)
        case surelyClosed
        case unsure
    }

    /// The bounds of the authority's punctuality.
    struct Punctuality {
        /// How far the clocks of the authority's replicas are from the truth at most (ε).
        var clockError: Duration
        /// From when on nothing was broken.
        var healed: Duration

        /// How late a deadline closes when nothing is broken: two looks of the authority, and a
        /// call that takes long. As long as both of its replicas can be away, nothing is promised.
        static let lateness = Duration.seconds(12)

        /// By when a conference with this deadline is surely closed.
        func end(of deadline: Duration) -> Duration {
            max(deadline, healed) + Self.lateness + clockError
        }
    }

    private let sightings: [Sighting]
    private let moves: [History.Entry]
    private let punctuality: Punctuality
    /// The shared clock's zero as a moment of the calendar.
    private let start: Instant

    init(
        _ entries: [History.Entry], of conference: ConferenceID, start: Instant,
        _ punctuality: Punctuality
    ) {
        self.start = start
        self.punctuality = punctuality
        sightings = entries.compactMap(Self.sighting).filter { $0.view.id == conference }
        moves = entries.filter { entry in
            if case .refused = entry.outcome { return false }
            return switch entry.operation {
            case .move(conference, _), .moveDeadline(conference, _): true
            default: false
            }
        }
    }

    static func sighting(_ entry: History.Entry) -> Sighting? {
        guard case .conference(let view) = entry.outcome, let end = entry.ended
        else { return nil }
        return Sighting(begun: entry.begun, ended: end, view: view)
    }

    /// The newest state that somebody had been shown before a moment.
    func newest(before moment: Duration) -> Sighting? {
        sightings.filter { $0.ended < moment }.max { $0.view.version < $1.view.version }
    }

    /// What was shown to who looked last.
    var last: Sighting? { sightings.max { $0.begun < $1.begun } }

    /// The deadline on the shared clock; nil when there is none.
    func deadline(of view: ConferenceView) -> Duration? {
        view.stopSubmittingTime.map { $0 - start }
    }

    /// By when a conference with this deadline is surely closed.
    func end(of deadline: Duration) -> Duration { punctuality.end(of: deadline) }

    /// Whether the window was open all the time, or closed all the time.
    func window(from begin: Duration, to end: Duration) -> Window {
        guard let known = newest(before: begin) else { return .unsure }
        if known.view.status != .submitting {
            return mayMove(to: .submitting, since: known, until: end) ? .unsure : .surelyClosed
        }
        // It may have been set anew meanwhile, without anybody having been shown it.
        let deadlines =
            [deadline(of: known.view)].compactMap(\.self)
            + unseenDeadlines(since: known, until: end)
        if !mayMove(to: .bidding, since: known, until: end),
            deadlines.min().map({ end < $0 - punctuality.clockError }) ?? true
        {
            return .surelyOpen(isExtended: isExtended(known))
        }
        if deadline(of: known.view) != nil, let last = deadlines.max(),
            begin > punctuality.end(of: last),
            !mayMove(to: .submitting, since: known, until: end)
        {
            return .surelyClosed
        }
        return .unsure
    }

    /// Whether a move that is not in a known state may have happened by a moment.
    func mayMove(to state: ConferenceState, since known: Sighting, until end: Duration) -> Bool {
        moves.contains { entry in
            guard case .move(_, state) = entry.operation else { return false }
            return mayHappen(entry, since: known, until: end)
        }
    }

    private func unseenDeadlines(since known: Sighting, until end: Duration) -> [Duration] {
        moves.compactMap { entry in
            guard case .moveDeadline(_, let deadline) = entry.operation,
                mayHappen(entry, since: known, until: end)
            else { return nil }
            return deadline - start
        }
    }

    /// Whether a change that is not in a known state may have happened by a moment.
    private func mayHappen(
        _ entry: History.Entry, since known: Sighting, until end: Duration
    ) -> Bool {
        guard entry.begun <= end else { return false }
        guard case .conference(let view) = entry.outcome else { return true }
        return view.version > known.view.version
    }

    /// Whether the deadline of a known state is later than one that was shown of an older state.
    private func isExtended(_ known: Sighting) -> Bool {
        sightings.contains { older in
            older.view.version < known.view.version && isLater(known.view, than: older.view)
        }
    }

    /// Whether the window of one state lasts longer than that of another one.
    func isLater(_ view: ConferenceView, than other: ConferenceView) -> Bool {
        guard let end = other.stopSubmittingTime else { return false }
        return view.stopSubmittingTime.map { $0 > end } ?? true
    }
}
