import PeerReview

/// Who sees what, written down by hand and apart from the policy: a row for each part that a
/// person can have, a rule for each field.
enum VisibilityTable {
    /// When a field is seen.
    enum Rule {
        case never, always
        case sinceReviews, sinceDecisions
        case sinceReviewsIfOpen
        case unlessTripleBlindBeforeDecisions
        case ifAuthorsAreKnown
        case afterOwnReviewOrOwn
        case ifReviewersAreKnownOrOwn
        case whileBidding, whileBiddingIfAuthorsAreKnown
    }

    typealias Row = [SubmissionField: Rule]

    static let author: Row = [
        .existence: .always, .title: .always, .summary: .always, .topics: .always,
        .authors: .always, .contributor: .always, .file: .always, .status: .always,
        .history: .never, .conflicts: .never, .bids: .never, .assignments: .never,
        .review: .sinceReviews, .remarks: .never, .reviewerIdentity: .sinceReviewsIfOpen,
        .rebuttal: .always, .discussion: .never, .commenterIdentity: .never,
        .decision: .sinceDecisions,
    ]

    static let chair: Row = [
        .existence: .always, .title: .always, .summary: .always, .topics: .always,
        .authors: .unlessTripleBlindBeforeDecisions,
        .contributor: .unlessTripleBlindBeforeDecisions,
        .file: .always, .status: .always, .history: .always, .conflicts: .always,
        .bids: .always, .assignments: .always, .review: .always, .remarks: .always,
        .reviewerIdentity: .always, .rebuttal: .always, .discussion: .always,
        .commenterIdentity: .always, .decision: .always,
    ]

    static let reviewer: Row = [
        .existence: .always, .title: .always, .summary: .always, .topics: .always,
        .authors: .ifAuthorsAreKnown, .contributor: .ifAuthorsAreKnown,
        .file: .always, .status: .always, .history: .never, .conflicts: .never, .bids: .never,
        .assignments: .never, .review: .afterOwnReviewOrOwn, .remarks: .afterOwnReviewOrOwn,
        .reviewerIdentity: .ifReviewersAreKnownOrOwn, .rebuttal: .always,
        .discussion: .afterOwnReviewOrOwn, .commenterIdentity: .ifReviewersAreKnownOrOwn,
        .decision: .sinceDecisions,
    ]

    static let committee: Row = [
        .existence: .whileBidding, .title: .whileBidding, .summary: .whileBidding,
        .topics: .whileBidding, .authors: .whileBiddingIfAuthorsAreKnown,
        .contributor: .whileBiddingIfAuthorsAreKnown,
        .file: .never, .status: .never, .history: .never, .conflicts: .never, .bids: .never,
        .assignments: .never, .review: .never, .remarks: .never, .reviewerIdentity: .never,
        .rebuttal: .never, .discussion: .never, .commenterIdentity: .never, .decision: .never,
    ]

    static let outsider: Row = Dictionary(
        uniqueKeysWithValues: SubmissionField.allCases.map { ($0, .never) })

    static let rows = [author, chair, reviewer, committee, outsider]

    /// The one row by which somebody sees: what is written first overrides what comes later.
    static func row(of relations: Set<Relation>) -> Row {
        if relations.contains(.author) { return author }
        if relations.contains(.conflicted) { return outsider }
        if relations.contains(.chair) { return chair }
        if relations.contains(.reviewer) { return reviewer }
        if relations.contains(.committee) { return committee }
        return outsider
    }

    /// Whether the table shows what is asked for; nil when it has no rule for it.
    static func shows(_ question: VisibilityPolicy.Question) -> Bool? {
        let (relations, moment) = (question.relations, question.circumstances)
        let isBidding = moment.windows.contains(.bidding)
        let isKnown = [Anonymity.open, .singleBlind].contains(moment.anonymity)
        let isOwn = relations.contains(.writer)
        return row(of: relations)[question.field].map { rule in
            switch rule {
            case .never: false
            case .always: true
            case .sinceReviews: moment.stage != .nothing
            case .sinceDecisions: moment.stage == .decisions
            case .sinceReviewsIfOpen: moment.stage != .nothing && moment.anonymity == .open
            case .unlessTripleBlindBeforeDecisions:
                moment.anonymity != .tripleBlind || moment.stage == .decisions
            case .ifAuthorsAreKnown: isKnown
            case .afterOwnReviewOrOwn: isOwn || relations.contains(.hasReviewed)
            case .ifReviewersAreKnownOrOwn: isOwn || isKnown
            case .whileBidding: isBidding
            case .whileBiddingIfAuthorsAreKnown: isBidding && isKnown
            }
        }
    }
}
