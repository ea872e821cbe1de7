/// What a reviewer thinks of a submission.
public enum Score: Int, Codable, Hashable, Sendable, CaseIterable {
    case reject = -2
    case weakReject = -1
    case weakAccept = 1
    case accept = 2
}

/// How sure a reviewer is: 1 is a guess, 5 is knowledge.
public enum Confidence: Int, Codable, Hashable, Sendable, CaseIterable {
    case guess = 1
    case low, medium, high, certain
}

/// How much a member of the committee would like to review a submission: −20 to 20.
public struct Bid: RawRepresentable, Codable, Hashable, Sendable {
    /// The bids there are.
    public static let range = -20...20

    public let rawValue: Int

    /// A bid; nil outside ``range``.
    public init?(rawValue: Int) {
        guard Self.range.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }
}

/// What becomes of a submission.
public enum Decision: String, Codable, Hashable, Sendable, CaseIterable {
    case accept, reject
}

/// Why somebody must not judge a submission.
public enum ConflictKind: String, Codable, Hashable, Sendable, CaseIterable {
    case coauthor, institution, advisor, family, other
}

/// As what somebody is invited to a conference.
public enum CommitteeRole: String, Codable, Hashable, Sendable, CaseIterable {
    /// A member of the programme committee.
    case member
    /// A chair beside the others.
    case chair
}
