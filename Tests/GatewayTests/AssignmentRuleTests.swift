import PeerReview
import StarchairAPI
import Testing

/// Who is assigned to what: two reviewers for each paper, two papers for each reviewer.
@Suite struct AssignmentRuleTests {
    typealias Role = TestCommittee.Role

    /// A conference that assigns and where nobody is assigned yet.
    private func assigning(
        papers count: Int = 0, _ prepare: (TestCommittee) async throws -> Void = { _ in }
    ) async throws -> TestCommittee {
        let world = try await TestCommittee(.submitting)
        let desk = TestDesk(installation: world.installation, conference: world.conference.id)
        for number in 0..<count {
            _ = try await desk.paper("More \(number)", by: world.person(.rival))
        }
        try await world.done(world.move(to: .bidding), by: .chair)
        try await prepare(world)
        try await world.done(world.move(to: .assigning), by: .chair)
        return world
    }

    @Test func `each paper has two reviewers, none of whom is an author or conflicted`()
        async throws
    {
        let world = try await assigning {
            try await $0.done($0.declare(), by: .conflicted)
            let desk = TestDesk(installation: $0.installation, conference: $0.conference.id)
            try await $0.done(desk.add($0.account(.author).id, as: "member"), by: .chair)
        }
        let summary: AssignmentSummary = try await world.value(world.assignAll(), by: .chair)
        #expect(summary.submissions == 2 && summary.assignments == 4)
        #expect(summary.greatestLoad <= 2)
        let page: ListPage<ReviewProcessView> = try await world.value(
            world.processes(), by: .chair)
        let reviewers = page.items.first { $0.draftId == world.paper.id }?.pcMembers ?? []
        let free = [Role.member, .reviewer, .newReviewer].map { world.account($0).id }
        #expect(reviewers.count == 2 && Set(reviewers).isSubset(of: free))
    }

    @Test func `assigning again keeps what was begun`() async throws {
        let world = try await TestCommittee(.reviewing)
        let before: ReviewProcessView = try await world.value(world.process(), by: .reviewer)
        for _ in 0..<2 {
            let summary: AssignmentSummary = try await world.value(
                world.assignAll(), by: .chair)
            #expect(summary.submissions == 2 && summary.assignments == 4)
        }
        let after: ReviewProcessView = try await world.value(world.process(), by: .reviewer)
        #expect(after == before)
        let process: ReviewProcessView = try await world.value(world.process(), by: .chair)
        #expect(process.pcMembers?.count == 2)
        #expect(process.pcMembers?.contains(world.account(.conflicted).id) == false)
    }

    @Test func `too few who may review a paper are counted`() async throws {
        let world = try await assigning {
            for role in [Role.member, .reviewer, .conflicted] {
                try await $0.done($0.declare(of: role), by: .chair)
            }
        }
        try await world.refused(
            world.assignAll(), by: .chair, 409, "tooFewReviewers",
            ["number": "1", "needed": "2", "available": "1"])
    }

    @Test func `too little capacity is counted`() async throws {
        let world = try await assigning(papers: 3)
        try await world.refused(
            world.assignAll(), by: .chair, 409, "tooLittleCapacity",
            ["submissions": "5", "needed": "10", "reviewers": "4", "capacity": "8"])
        let fits = try await assigning(papers: 2)
        let summary: AssignmentSummary = try await fits.value(fits.assignAll(), by: .chair)
        #expect(summary.assignments == 8 && summary.greatestLoad == 2)
    }

    @Test func `without papers there is nothing to assign`() async throws {
        let world = try await assigning {
            try await $0.done($0.withdraw(), by: .author)
            try await $0.done($0.withdraw($0.second), by: .rival)
        }
        try await world.refused(world.assignAll(), by: .chair, 409, "nothingToAssign")
    }

    @Test func `by hand too, only who may review is assigned, once, up to the load`()
        async throws
    {
        let world = try await assigning(papers: 1) {
            try await $0.done($0.declare(), by: .conflicted)
            let desk = TestDesk(installation: $0.installation, conference: $0.conference.id)
            for role in [Role.author, .conflictedChair] {
                try await $0.done(desk.add($0.account(role).id, as: "member"), by: .chair)
            }
            try await $0.done($0.declare(), by: .conflictedChair)
        }
        let impossible: [Role] = [
            .author, .coauthor, .authorChair, .conflicted, .conflictedChair, .stranger,
            .unverified, .chair, .rival, .administrator,
        ]
        for role in impossible {
            try await world.refused(world.assign(role), by: .chair, 409, "notEligible")
        }
        try await world.done(world.assign(.member), by: .chair)
        try await world.refused(world.assign(.member), by: .cochair, 409, "alreadyAssigned")
        try await world.done(world.assign(.member, to: world.second), by: .chair)
        let page: ListPage<SubmissionView> = try await world.value(world.drafts(), by: .chair)
        let third = try #require(page.items.last)
        try await world.refused(
            world.assign(.member, to: third), by: .chair, 409, "loadReached", ["most": "2"])
        try await world.done(world.decline(), by: .member)
        try await world.done(world.assign(.member, to: third), by: .chair)
    }

    @Test(arguments: [ConferenceState.bidding, .rebuttal, .discussing, .decided])
    func `reviewers are assigned while it is time`(state: ConferenceState) async throws {
        let world = try await TestCommittee(state)
        for call in [world.assign(.member), world.assignAll()] {
            try await world.refused(
                call, by: .chair, 409, "windowClosed", ["state": state.rawValue])
        }
    }

    @Test func `two assignments at once do not exceed the load`() async throws {
        let world = try await assigning(papers: 2)
        let page: ListPage<SubmissionView> = try await world.value(world.drafts(), by: .chair)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for paper in page.items {
                group.addTask {
                    try await world.answer(world.assign(.member, to: paper), by: .chair).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200, 200, 409, 409])
    }
}
