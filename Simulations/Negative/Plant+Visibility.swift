import PeerReview

extension Plant {
    /// Bugs in who sees what.
    static let inVisibility = [
        visibilityRuleDropped, conflictRuleDropped, releaseRuleDropped, reviewersShown,
        authorsShown,
    ]

    private static var visibilityRuleDropped: Plant {
        without(
            "only those who take part see submissions", as: "visibility-rule-dropped",
            "Anybody who is signed in sees submissions.", invariant: "6", within: 10
        ).inRush
    }

    private static let conflictRuleDropped = without(
        "a conflict ends all access but an author's", as: "conflict-rule-dropped",
        "Who is conflicted goes on reading.", invariant: "6", within: 10)

    private static let releaseRuleDropped = without(
        "authors see what is theirs, and what was released", as: "release-rule-dropped",
        "Authors see decisions before their release.", invariant: "12", within: 5)

    private static var reviewersShown: Plant {
        var plant = Plant(
            "reviewers-shown", "Authors see who reviewed their submission.", invariant: "4",
            within: 3)
        plant.policy = VisibilityPolicy.standard.showing(.reviewerIdentity, to: .author)
        plant.scenario = "twins"
        return plant
    }

    private static var authorsShown: Plant {
        var plant = without(
            "who the authors are is hidden from reviewers", as: "authors-shown",
            "Reviewers see who the authors are.", invariant: "5", within: 3)
        plant.scenario = "twins"
        return plant
    }

    /// The policy without one of its requirements.
    private static func without(
        _ requirement: String, as name: String, _ summary: String, invariant: String,
        within seedCount: Int
    ) -> Plant {
        let rest = VisibilityPolicy.standard.requirements.filter { $0.name != requirement }
        precondition(rest.count < VisibilityPolicy.standard.requirements.count, requirement)
        var plant = Plant(name, summary, invariant: invariant, within: seedCount)
        plant.policy = VisibilityPolicy(rest)
        return plant
    }
}

extension VisibilityPolicy {
    /// The same policy, but one field is shown to a relation whatever else holds.
    func showing(_ field: SubmissionField, to relation: Relation) -> VisibilityPolicy {
        VisibilityPolicy([
            Requirement("planted") { question in
                question.field == field && question.relations.contains(relation)
                    || permits(question)
            }
        ])
    }
}
