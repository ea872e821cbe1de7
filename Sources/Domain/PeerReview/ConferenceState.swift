/// Where a conference stands in its life.
public enum ConferenceState: String, Codable, Hashable, Sendable, CaseIterable {
    case proposed, refused, approved, submitting, bidding, assigning, reviewing, rebuttal
    case discussing, decided, released, cameraReady, archived

    /// The states that a chair may move a conference to from this one.
    ///
    /// A site administrator, not a chair, leads it out of `proposed`.
    public var successors: [ConferenceState] {
        switch self {
        case .proposed, .refused, .archived: []
        case .approved: [.submitting]
        case .submitting: [.bidding]
        case .bidding: [.submitting]
        case .assigning, .reviewing, .rebuttal, .discussing, .decided, .released, .cameraReady: []
        }
    }

    /// What may be done now.
    public var openWindows: Set<Window> {
        self == .submitting ? [.submission] : []
    }

    /// Whether everybody may know of the conference.
    public var isPublic: Bool { self != .proposed && self != .refused }
}

/// A span in which something may be done.
public enum Window: String, Codable, Hashable, Sendable, CaseIterable {
    /// Submissions are handed in and changed.
    case submission
}
