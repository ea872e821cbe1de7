import PeerReview

/// Which state a conference was surely in, from the moves that its chairs were told about.
struct StateTimeline {
    private let moves: [History.Entry]

    init(_ entries: [History.Entry]) {
        moves = entries.filter { entry in
            switch entry.operation {
            // A release moves the conference too, some time after it.
            case .move, .release(_, .decisions): true
            default: false
            }
        }
    }

    /// The state in which an entry was carried out; nil when it may have been another one.
    func state(during entry: History.Entry) -> ConferenceState? {
        guard let end = entry.ended else { return nil }
        let isMoved = moves.contains { $0.begun <= end && ($0.ended ?? end) >= entry.begun }
        let last = moves.filter { ($0.ended ?? end) < entry.begun }
            .max { ($0.ended ?? end) < ($1.ended ?? end) }
        guard !isMoved, let last, last.outcome == .done,
            case .move(_, let state) = last.operation
        else { return nil }
        return state
    }
}
