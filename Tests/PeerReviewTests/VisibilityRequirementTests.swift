import PeerReview
import Testing

/// The policy as a list: each requirement is needed, and one more can only hide.
@Suite struct VisibilityRequirementTests {
    private typealias Question = VisibilityPolicy.Question

    private static let relationSets: [Set<Relation>] = [
        [], [.author], [.chair], [.reviewer], [.reviewer, .hasReviewed], [.committee],
        [.conflicted], [.chair, .conflicted], [.reviewer, .conflicted],
        [.author, .conflicted], [.reviewer, .writer], [.siteAdministrator],
    ]

    private static let cells: [Question] = Anonymity.allCases.flatMap { anonymity in
        ReleaseStage.allCases.flatMap { stage in
            ([[], [.bidding]] as [Set<Window>]).flatMap { windows in
                relationSets.flatMap { relations in
                    SubmissionField.allCases.map {
                        Question(
                            relations: relations, field: $0,
                            circumstances: .init(
                                windows: windows, stage: stage, anonymity: anonymity))
                    }
                }
            }
        }
    }

    @Test(arguments: VisibilityPolicy.standard.requirements.indices)
    func `a policy without any one requirement shows what it must not`(index: Int) {
        var requirements = VisibilityPolicy.standard.requirements
        let dropped = requirements.remove(at: index)
        let weaker = VisibilityPolicy(requirements)
        let leak = Self.cells.first {
            weaker.permits($0) && VisibilityTable.shows($0) == false
        }
        #expect(leak != nil, "nothing rests on: \(dropped.name)")
    }

    @Test func `the requirements have different names`() {
        let names = VisibilityPolicy.standard.requirements.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: Relation.allCases)
    func `a requirement more never shows more`(relation: Relation) {
        let more = VisibilityPolicy(
            VisibilityPolicy.standard.requirements + [
                .init("one more") { $0.relations.contains(relation) || $0.field == .title }
            ])
        for cell in Self.cells where more.permits(cell) {
            #expect(VisibilityPolicy.standard.permits(cell), "\(cell)")
        }
    }

    @Test func `who does not see that a submission exists sees nothing of it`() {
        for cell in Self.cells where VisibilityPolicy.standard.permits(cell) {
            let existence = Question(
                relations: cell.relations, field: .existence, circumstances: cell.circumstances)
            #expect(VisibilityPolicy.standard.permits(existence), "\(cell)")
        }
    }

    @Test(arguments: Window.allCases)
    func `no window but bidding makes a difference`(window: Window) {
        for cell in Self.cells where window != .bidding {
            let moment = cell.circumstances
            let open = Question(
                relations: cell.relations, field: cell.field,
                circumstances: .init(
                    windows: moment.windows.union([window]), stage: moment.stage,
                    anonymity: moment.anonymity))
            let isSame =
                VisibilityPolicy.standard.permits(open)
                == VisibilityPolicy.standard.permits(cell)
            #expect(isSame, "\(cell)")
        }
    }
}
