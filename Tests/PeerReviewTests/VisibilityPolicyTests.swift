import PeerReview
import Testing

/// Who sees what, cell by cell, against a table that was written apart from the policy.
struct VisibilityPolicyTests {
    private typealias Question = VisibilityPolicy.Question

    /// Every combination of relations, field and windows.
    private static let cells: [Question] = subsets(of: Relation.allCases).flatMap { relations in
        subsets(of: Window.allCases).flatMap { windows in
            SubmissionField.allCases.map {
                Question(relations: relations, field: $0, windows: windows)
            }
        }
    }

    private static func subsets<Element: Hashable>(of elements: [Element]) -> [Set<Element>] {
        elements.reduce([[]]) { sets, element in sets + sets.map { $0.union([element]) } }
    }

    /// What the relations of a row see: `chair` all, `author` all but the history, `nobody`
    /// nothing. A conflict takes the chair's part away and leaves the author's.
    private static let rows: [(Set<Relation>, sees: String)] = [
        ([], "nothing"),
        ([.author], "author's"),
        ([.chair], "all"),
        ([.conflicted], "nothing"),
        ([.siteAdministrator], "nothing"),
        ([.author, .chair], "all"),
        ([.author, .conflicted], "author's"),
        ([.author, .siteAdministrator], "author's"),
        ([.chair, .conflicted], "nothing"),
        ([.chair, .siteAdministrator], "all"),
        ([.conflicted, .siteAdministrator], "nothing"),
        ([.author, .chair, .conflicted], "author's"),
        ([.author, .chair, .siteAdministrator], "all"),
        ([.author, .conflicted, .siteAdministrator], "author's"),
        ([.chair, .conflicted, .siteAdministrator], "nothing"),
        ([.author, .chair, .conflicted, .siteAdministrator], "author's"),
    ]

    private static let sights: [String: Set<SubmissionField>] = [
        "nothing": [],
        "author's": [
            .existence, .title, .summary, .topics, .authors, .contributor, .file, .status,
        ],
        "all": [
            .existence, .title, .summary, .topics, .authors, .contributor, .file, .status,
            .history,
        ],
    ]

    private static func expected(_ relations: Set<Relation>) throws -> Set<SubmissionField> {
        let row = try #require(rows.first { $0.0 == relations }, "a row for \(relations)")
        return try #require(sights[row.sees])
    }

    @Test func `the table has a row for every set of relations and knows every field`() {
        #expect(Self.rows.count == Self.subsets(of: Relation.allCases).count)
        #expect(Set(Self.rows.map(\.0)).count == Self.rows.count)
        #expect(Self.sights["all"] == Set(SubmissionField.allCases))
    }

    @Test func `the policy shows exactly what the table says`() throws {
        for cell in Self.cells {
            let isSeen = try Self.expected(cell.relations).contains(cell.field)
            #expect(VisibilityPolicy.standard.permits(cell) == isSeen, "\(cell)")
        }
    }

    @Test func `all that is seen is what is seen piece by piece`() throws {
        for relations in Self.subsets(of: Relation.allCases) {
            for windows in Self.subsets(of: Window.allCases) {
                let fields = VisibilityPolicy.standard.fields(
                    relations: relations, windows: windows)
                #expect(try fields == Self.expected(relations))
            }
        }
    }

    @Test(arguments: VisibilityPolicy.standard.requirements.indices)
    func `a policy without any one requirement shows what it must not`(index: Int) throws {
        var requirements = VisibilityPolicy.standard.requirements
        let dropped = requirements.remove(at: index)
        let weaker = VisibilityPolicy(requirements)
        let leaks = try Self.cells.filter {
            try weaker.permits($0) && !Self.expected($0.relations).contains($0.field)
        }
        #expect(!leaks.isEmpty, "nothing rests on: \(dropped.name)")
    }

    @Test(
        arguments: Relation.allCases.flatMap { relation in
            SubmissionField.allCases.map { (relation, $0) }
        })
    func `a requirement more never shows more`(relation: Relation, field: SubmissionField) {
        let more = VisibilityPolicy(
            VisibilityPolicy.standard.requirements + [
                VisibilityPolicy.Requirement("one more") {
                    $0.relations.contains(relation) || $0.field == field || $0.windows.isEmpty
                }
            ])
        for cell in Self.cells where more.permits(cell) {
            #expect(VisibilityPolicy.standard.permits(cell), "\(cell)")
        }
    }

    @Test func `who does not see that a submission exists sees nothing of it`() {
        for cell in Self.cells where VisibilityPolicy.standard.permits(cell) {
            let existence = Question(
                relations: cell.relations, field: .existence, windows: cell.windows)
            #expect(VisibilityPolicy.standard.permits(existence), "\(cell)")
        }
    }

    @Test func `a conflict never shows more`() {
        for cell in Self.cells where VisibilityPolicy.standard.permits(cell) {
            let without = Question(
                relations: cell.relations.subtracting([.conflicted]), field: cell.field,
                windows: cell.windows)
            #expect(VisibilityPolicy.standard.permits(without), "\(cell)")
        }
    }
}
