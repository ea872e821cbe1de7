extension VisibilityPolicy {
    /// The policy of conferences.
    public static let standard = VisibilityPolicy([
        Requirement("only those who take part see submissions", holds: takesPart),
        Requirement("a conflict ends all access but an author's") {
            !$0.relations.contains(.conflicted) || $0.relations.contains(.author)
        },
        Requirement("authors see what is theirs, and what was released", holds: isForAuthors),
        Requirement("who the authors are is hidden from reviewers", holds: isAuthorIdentityOpen),
        Requirement("who the reviewers are is hidden", holds: isReviewerIdentityOpen),
        Requirement("reviewers see other reviews after their own", holds: isReviewOpen),
        Requirement("the committee sees what it may bid for", holds: isForCommittee),
        Requirement("reviewers see a decision when authors do") {
            $0.field != .decision || $0.part == .author || $0.part == .chair
                || $0.circumstances.stage >= .decisions
        },
        Requirement("history, conflicts, bids and assignments are for chairs") {
            switch $0.field {
            case .history, .conflicts, .bids, .assignments: $0.part == .chair
            default: true
            }
        },
    ])

    private static func takesPart(_ question: Question) -> Bool { question.part != nil }

    private static func isForAuthors(_ question: Question) -> Bool {
        guard question.part == .author else { return true }
        let stage = question.circumstances.stage
        switch question.field {
        case .existence, .title, .summary, .topics, .authors, .contributor, .file, .status,
            .rebuttal:
            return true
        case .review: return stage >= .reviews
        case .reviewerIdentity:
            return stage >= .reviews && question.circumstances.anonymity == .open
        case .decision: return stage >= .decisions
        case .history, .conflicts, .bids, .assignments, .remarks, .discussion,
            .commenterIdentity:
            return false
        }
    }

    private static func isAuthorIdentityOpen(_ question: Question) -> Bool {
        guard question.field == .authors || question.field == .contributor else { return true }
        let (anonymity, stage) = (
            question.circumstances.anonymity, question.circumstances.stage
        )
        switch question.part {
        case .author: return true
        case .chair: return anonymity != .tripleBlind || stage >= .decisions
        case .reviewer, .committee, nil: return anonymity.showsAuthorsToReviewers
        }
    }

    private static func isReviewerIdentityOpen(_ question: Question) -> Bool {
        guard question.field == .reviewerIdentity || question.field == .commenterIdentity
        else { return true }
        switch question.part {
        case .chair, .author: return true
        case .reviewer, .committee, nil:
            return question.relations.contains(.writer)
                || question.circumstances.anonymity.showsAuthorsToReviewers
        }
    }

    private static func isReviewOpen(_ question: Question) -> Bool {
        guard question.part == .reviewer,
            question.field == .review || question.field == .remarks
                || question.field == .discussion
        else { return true }
        return question.relations.contains(.hasReviewed)
            || question.relations.contains(.writer)
    }

    private static func isForCommittee(_ question: Question) -> Bool {
        guard question.part == .committee else { return true }
        switch question.field {
        case .existence, .title, .summary, .topics:
            return question.circumstances.windows.contains(.bidding)
        case .authors, .contributor:
            return question.circumstances.windows.contains(.bidding)
                && question.circumstances.anonymity.showsAuthorsToReviewers
        default: return false
        }
    }
}

/// The one part in which a person meets a submission.
enum Part: Hashable, Sendable {
    case author, chair, reviewer, committee
}

extension VisibilityPolicy.Question {
    /// An author is nothing else to the own submission; nil: an outsider.
    var part: Part? {
        let parts: [(Relation, Part)] = [
            (.author, .author), (.chair, .chair), (.reviewer, .reviewer),
            (.committee, .committee),
        ]
        return parts.first { relations.contains($0.0) }?.1
    }
}
