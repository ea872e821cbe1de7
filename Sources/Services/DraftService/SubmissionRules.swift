import Cluster
import PeerReview
import StarchairAPI

/// What a submission's texts and lists must be.
enum SubmissionRules {
    static func check(
        title: String, summary: String, topics: [String], authors: [Author]
    ) throws(Refusal<DraftRefusal>) {
        let fields: [(String, Bool)] = [
            (TextRule.title.name, TextRule.title.accepts(title)),
            (TextRule.summary.name, TextRule.summary.accepts(summary)),
            (
                TextRule.topic.name,
                topics.count <= DraftService.topicCountMaximum
                    && topics.allSatisfy(TextRule.topic.accepts)
            ),
            (
                "authors",
                authors.count <= DraftService.authorCountMaximum
                    && Set(authors.map(\.email)).count == authors.count
                    && authors.allSatisfy { author in
                        TextRule.fullName.accepts(author.fullname)
                            && TextRule.company.accepts(author.company ?? "")
                    }
            ),
        ]
        if let (name, _) = fields.first(where: { !$0.1 }) {
            throw Refusal(.invalidField, ["field": name])
        }
    }

    /// The authors, with the one who acts first among them unless it is there already.
    static func authors(_ authors: [Author], including own: Author) -> [Author] {
        authors.contains { $0.email == own.email } ? authors : [own] + authors
    }
}
