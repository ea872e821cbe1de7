import PeerReview

extension StoredInvariants {
    /// How often there was something that these invariants are about, by name.
    public func occurrences() -> [(name: String, count: Int)] {
        [
            (Self.submissionRead, state.submissions.count),
            (Self.fileHashed, state.contents.count),
            (Self.conflictStored, state.conflictLists.values.reduce(0) { $0 + $1.accounts.count }),
            (Self.assignmentStored, state.dossiers.reduce(0) { $0 + $1.assignments.count }),
            (Self.textStored, state.texts.count),
            (Self.joined, state.invitations.count { $0.status == .accepted }),
            (Self.released, state.releases.values.count { $0.stage == .decisions }),
            (Self.notified, state.notifications.count), (Self.eventTaken, state.eventCount),
        ]
    }

    static let submissionRead = "stored submission judged (1 3)"
    static let fileHashed = "stored file read whole and hashed (1)"
    static let conflictStored = "stored conflict held against the dossier (7)"
    static let assignmentStored = "stored assignment judged (10)"
    static let textStored = "stored review text found (1 11)"
    static let joined = "stored acceptance held against the committee (19)"
    static let released = "stored release held against the conference (19)"
    static let notified = "stored notification in its place (16)"
    static let eventTaken = "event on the bus accounted for (17)"

    /// The names of all that ``occurrences()`` counts.
    static let occurrenceNames = StoredInvariants(StoredState()).occurrences().map(\.name)
}
