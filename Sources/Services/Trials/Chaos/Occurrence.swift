/// What must happen now and then for the invariants to say anything; each name ends with the
/// numbers of the invariants that it is for.
public enum Occurrence {
    /// Whoever asked was told nothing.
    public static let told = "told nothing (2)"
    /// A page that was open showed a notification.
    public static let page = "notification shown on a page (16)"
    /// Two asked for the assignment.
    public static let secondAssignment = "second assignment at once (10)"
    /// Who had lost a role long ago asked in it.
    public static let lateAsk = "asked by a role lost long ago (14)"
    /// A title was changed.
    public static let titleChanged = "title changed (18)"

    /// What conferences must have shown.
    public static let ofConferences = [
        "submission accepted (1 2 3 18)", "review confirmed (1 11)",
        "review over a later one refused (11)", "post accepted (1 2 3)",
        "post refused as closed (2 8)", "decision made (1 12)",
        "decision over a later one refused (18)", "rebuttal accepted (1)",
        "conflict acknowledged (6 7)", "look after a conflict refused (6 14)",
        "reviewers assigned (10)", secondAssignment, "assignment given back (14)",
        "reviews read by an author (4 12)", "decision read by an author (12)",
        "ended session refused (13)", "invitation accepted (19)", told,
        "asked after healing (20)", page, lateAsk,
    ]

    /// What rushes must have shown.
    public static let ofRushes = [
        "submission handed in at the deadline (1 2 3 8)", "refused as closed (2 8)",
        titleChanged, "change of an older version refused (18)", "spy refused (6)",
        "used request id refused (3)", "file read whole (1)", told,
    ]

    /// All that a run must have shown, each once.
    static var required: [String] {
        Set(
            ofConferences + ofRushes + DeadlineInvariants.occurrenceNames
                + StoredInvariants.occurrenceNames
        ).sorted()
    }

    /// How often a conference showed each, by its history and the pages that were open.
    public static func counts(of history: History, _ pages: [LiveLog]) -> [String: Int] {
        var counts: [String: Int] = [:]
        var assignmentCount = 0
        for entry in history.entries {
            if let name = ofConference(entry) { counts[name, default: 0] += 1 }
            if case .assignAll = entry.operation, entry.outcome == .done { assignmentCount += 1 }
        }
        if assignmentCount > 1 { counts[secondAssignment] = 1 }
        let shownCount = pages.reduce(0) { $0 + $1.sequences.count }
        if shownCount > 0 { counts[page] = shownCount }
        return counts
    }

    /// What an entry of a conference's history shows.
    private static func ofConference(_ entry: History.Entry) -> String? {
        switch (entry.operation, entry.outcome) {
        case (_, .unknown): told
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

    /// What an entry of a rush's history shows.
    public static func ofRush(_ entry: History.Entry) -> String? {
        switch (entry.operation, entry.outcome) {
        case (_, .unknown): told
        case (.submit, .submission): "submission handed in at the deadline (1 2 3 8)"
        case (.submit, .refused("windowClosed")): "refused as closed (2 8)"
        case (.retitle, .submission): titleChanged
        case (.retitle, .refused("versionConflict")): "change of an older version refused (18)"
        case (.spy, .refused): "spy refused (6)"
        case (.reuseID, .refused): "used request id refused (3)"
        case (.download, .bytes): "file read whole (1)"
        default: nil
        }
    }

    /// The numbers of the invariants that a name ends with.
    static func numbers(of name: String) -> [Int] {
        guard let open = name.lastIndex(of: "("), name.hasSuffix(")") else { return [] }
        return name[name.index(after: open)...].dropLast().split(separator: " ")
            .compactMap { Int($0) }
    }
}
