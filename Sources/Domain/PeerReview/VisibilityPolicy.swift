/// Who sees what of a submission: the one answer that every read goes by.
///
/// A policy is a list of requirements. A field is seen only if all of them hold, so that one
/// more requirement can only hide.
public struct VisibilityPolicy: Sendable {
    /// Something that must be true for a field to be seen.
    public struct Requirement: Sendable {
        /// What it demands, in a few words.
        public let name: String
        let holds: @Sendable (Question) -> Bool

        /// States a requirement.
        public init(_ name: String, holds: @escaping @Sendable (Question) -> Bool) {
            self.name = name
            self.holds = holds
        }
    }

    /// Whether somebody sees something at a moment.
    public struct Question: Hashable, Sendable {
        /// What the viewer is to the submission.
        public let relations: Set<Relation>
        /// What is to be seen.
        public let field: SubmissionField
        /// What is open at the moment.
        public let windows: Set<Window>

        /// Asks whether somebody sees something at a moment.
        public init(relations: Set<Relation>, field: SubmissionField, windows: Set<Window>) {
            self.relations = relations
            self.field = field
            self.windows = windows
        }
    }

    /// The requirements, all of which must hold.
    public let requirements: [Requirement]

    /// A policy of these requirements.
    public init(_ requirements: [Requirement]) { self.requirements = requirements }

    /// Whether the field is seen.
    public func permits(_ question: Question) -> Bool {
        requirements.allSatisfy { $0.holds(question) }
    }

    /// All that somebody sees of a submission.
    public func fields(
        relations: Set<Relation>, windows: Set<Window>
    ) -> Set<SubmissionField> {
        Set(
            SubmissionField.allCases.filter {
                permits(Question(relations: relations, field: $0, windows: windows))
            })
    }

    /// The policy of conferences.
    public static let standard = VisibilityPolicy([
        Requirement("only authors and chairs see submissions") {
            !$0.relations.isDisjoint(with: [.author, .chair])
        },
        Requirement("a conflict ends a chair's access") {
            !$0.relations.contains(.conflicted) || $0.relations.contains(.author)
        },
        Requirement("the history of changes is for chairs") {
            $0.field != .history
                || $0.relations.contains(.chair) && !$0.relations.contains(.conflicted)
        },
    ])
}
