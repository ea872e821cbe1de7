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
        /// What holds at the moment.
        public let circumstances: Circumstances

        /// Asks whether somebody sees something at a moment.
        public init(
            relations: Set<Relation>, field: SubmissionField, circumstances: Circumstances
        ) {
            self.relations = relations
            self.field = field
            self.circumstances = circumstances
        }
    }

    /// What holds for all submissions of a conference at a moment.
    public struct Circumstances: Hashable, Sendable {
        /// What is open.
        public let windows: Set<Window>
        /// What has been released to authors.
        public let stage: ReleaseStage
        /// Who is hidden from whom.
        public let anonymity: Anonymity

        /// Describes a moment.
        public init(windows: Set<Window>, stage: ReleaseStage, anonymity: Anonymity) {
            self.windows = windows
            self.stage = stage
            self.anonymity = anonymity
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
        relations: Set<Relation>, _ circumstances: Circumstances
    ) -> Set<SubmissionField> {
        Set(
            SubmissionField.allCases.filter {
                permits(
                    Question(relations: relations, field: $0, circumstances: circumstances))
            })
    }
}
