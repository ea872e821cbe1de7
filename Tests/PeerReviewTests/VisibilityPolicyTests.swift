import PeerReview
import Testing

/// Who sees what, cell by cell, against a table that was written apart from the policy.
@Suite struct VisibilityPolicyTests {
    typealias Question = VisibilityPolicy.Question
    typealias Circumstances = VisibilityPolicy.Circumstances

    private static let policy = VisibilityPolicy.standard
    private static let relationSets = subsets(of: Relation.allCases)
    /// Bidding alone matters: with it and without it, alone and among all others.
    private static let windowSets: [Set<Window>] = [
        [], [.bidding], Set(Window.allCases), Set(Window.allCases).subtracting([.bidding]),
    ]

    private static func subsets<Element: Hashable>(of elements: [Element]) -> [Set<Element>] {
        elements.reduce([[]]) { sets, element in sets + sets.map { $0.union([element]) } }
    }

    private static func moments(_ anonymity: Anonymity) -> [Circumstances] {
        ReleaseStage.allCases.flatMap { stage in
            windowSets.map { Circumstances(windows: $0, stage: stage, anonymity: anonymity) }
        }
    }

    /// Every set of relations at every moment, for every field.
    private static func cells(_ anonymity: Anonymity) -> [Question] {
        relationSets.flatMap { relations in
            moments(anonymity).flatMap { moment in
                SubmissionField.allCases.map {
                    Question(relations: relations, field: $0, circumstances: moment)
                }
            }
        }
    }

    /// Questions about which a claim is wrong; the first few tell enough.
    private func expectNone(
        _ anonymity: Anonymity, sourceLocation: SourceLocation = #_sourceLocation,
        where isWrong: (Question) -> Bool
    ) {
        let wrong = Self.cells(anonymity).lazy.filter(isWrong).prefix(5)
        #expect(Array(wrong).isEmpty, sourceLocation: sourceLocation)
    }

    private func fields(
        _ relations: Set<Relation>, _ moment: Circumstances
    ) -> Set<SubmissionField> {
        Self.policy.fields(relations: relations, moment)
    }

    @Test func `the table has a rule for every field in every row`() {
        for row in VisibilityTable.rows {
            #expect(Set(row.keys) == Set(SubmissionField.allCases))
        }
    }

    @Test(arguments: Anonymity.allCases)
    func `the policy shows exactly what the table says`(anonymity: Anonymity) {
        expectNone(anonymity) { Self.policy.permits($0) != VisibilityTable.shows($0) }
    }

    @Test(arguments: Anonymity.allCases)
    func `all that is seen is what is seen piece by piece`(anonymity: Anonymity) {
        for relations in Self.relationSets {
            for moment in Self.moments(anonymity) {
                let expected = SubmissionField.allCases.filter {
                    VisibilityTable.shows(
                        Question(relations: relations, field: $0, circumstances: moment)) == true
                }
                #expect(fields(relations, moment) == Set(expected))
            }
        }
    }

    @Test(arguments: Anonymity.allCases)
    func `a conflict hides everything from who is no author`(anonymity: Anonymity) {
        for relations in Self.relationSets where !relations.contains(.author) {
            for moment in Self.moments(anonymity) {
                #expect(fields(relations.union([.conflicted]), moment).isEmpty)
            }
        }
    }

    @Test(arguments: Anonymity.allCases)
    func `an author is nothing else`(anonymity: Anonymity) {
        for moment in Self.moments(anonymity) {
            let own = fields([.author], moment)
            for relations in Self.relationSets where relations.contains(.author) {
                #expect(fields(relations, moment) == own, "\(relations)")
            }
        }
    }

    @Test(arguments: Anonymity.allCases)
    func `who administers the installation sees no more and no less`(anonymity: Anonymity) {
        for moment in Self.moments(anonymity) {
            for relations in Self.relationSets {
                let more = relations.union([.siteAdministrator])
                #expect(fields(more, moment) == fields(relations, moment))
            }
        }
    }

    @Test(arguments: Anonymity.allCases)
    func `a release takes nothing away`(anonymity: Anonymity) {
        for relations in Self.relationSets {
            for windows in Self.windowSets {
                let seen = ReleaseStage.allCases.map {
                    fields(
                        relations, .init(windows: windows, stage: $0, anonymity: anonymity))
                }
                #expect(seen[0].isSubset(of: seen[1]) && seen[1].isSubset(of: seen[2]))
            }
        }
    }

    @Test func `what hides more people shows fewer fields`() {
        for relations in Self.relationSets {
            for moment in Self.moments(.open) {
                let seen = Anonymity.allCases.map {
                    fields(
                        relations,
                        .init(windows: moment.windows, stage: moment.stage, anonymity: $0))
                }
                for (less, more) in zip(seen.dropFirst(), seen) {
                    #expect(less.isSubset(of: more), "\(relations) \(moment)")
                }
            }
        }
    }
}
