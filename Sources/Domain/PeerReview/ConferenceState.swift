/// Where a conference stands in its life.
public enum ConferenceState: String, Codable, Hashable, Sendable, CaseIterable {
    case proposed, refused, approved, submitting, bidding, assigning, reviewing, rebuttal
    case discussing, decided, released, cameraReady, archived

    /// The states that a chair may move a conference to from this one.
    ///
    /// A site administrator, not a chair, leads it out of `proposed`; the release of the
    /// decisions, not a move, leads it to `released`.
    public var successors: [ConferenceState] {
        switch self {
        case .proposed, .refused, .archived: []
        case .approved: [.submitting]
        case .submitting: [.bidding]
        case .bidding: [.submitting, .assigning]
        case .assigning: [.bidding, .reviewing]
        case .reviewing: [.assigning, .rebuttal, .discussing]
        case .rebuttal: [.discussing]
        case .discussing: [.decided]
        case .decided: [.discussing]
        case .released: [.cameraReady, .archived]
        case .cameraReady: [.archived]
        }
    }

    /// Whether the release of the decisions leads from this state to `released`.
    public var precedesRelease: Bool {
        switch self {
        case .reviewing, .rebuttal, .discussing, .decided: true
        case .proposed, .refused, .approved, .submitting, .bidding, .assigning, .released,
            .cameraReady, .archived:
            false
        }
    }

    /// Whether its committee and its chairs may become more.
    public var takesOnMembers: Bool {
        switch self {
        case .approved, .submitting, .bidding, .assigning, .reviewing, .rebuttal, .discussing:
            true
        case .proposed, .refused, .decided, .released, .cameraReady, .archived: false
        }
    }

    /// What may be done now.
    public var openWindows: Set<Window> {
        switch self {
        case .proposed, .refused, .approved, .released, .archived: []
        case .submitting: [.submission]
        case .bidding: [.bidding]
        case .assigning: [.assignment]
        case .reviewing: [.assignment, .review]
        case .rebuttal: [.rebuttal]
        case .discussing: [.review, .discussion, .decision]
        case .decided: [.decision]
        case .cameraReady: [.cameraReady]
        }
    }

    /// Whether everybody may know of the conference.
    public var isPublic: Bool { self != .proposed && self != .refused }
}

/// A span in which something may be done.
public enum Window: String, Codable, Hashable, Sendable, CaseIterable {
    /// Submissions are handed in and changed.
    case submission
    /// Members of the committee say what they would like to review.
    case bidding
    /// Reviewers are assigned.
    case assignment
    /// Reviews are written.
    case review
    /// Authors answer the reviews.
    case rebuttal
    /// Reviewers and chairs discuss.
    case discussion
    /// Chairs decide.
    case decision
    /// Final versions are collected.
    case cameraReady
}
