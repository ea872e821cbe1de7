import PeerReview
import StarchairAPI
import Testing

/// What conflicts cannot be used for.
@Suite struct ConflictLimitTests {
    typealias Role = TestCommittee.Role

    private func declare(_ account: String, on paper: SubmissionView) -> Call {
        .json(
            "/api/draft/declareConflict",
            "{\"draftId\":\"\(paper.id)\",\"account\":\"\(account)\",\"kind\":\"other\"}")
    }

    @Test func `authors cannot use up the conflicts that others may have to declare`()
        async throws
    {
        let world = try await TestCommittee(.bidding)
        for number in 0..<200 {
            _ = try await world.answer(declare("nobody\(number)", on: world.paper), by: .author)
        }
        try await world.done(world.declare(), by: .member)
        try await world.done(world.declare(of: .reviewer), by: .chair)
    }

    @Test(arguments: [ConferenceState.rebuttal, .discussing, .decided, .released])
    func `authors end no review once reviews are written`(state: ConferenceState) async throws {
        let world = try await TestCommittee(state)
        let before: ReviewProcessView = try await world.value(world.process(), by: .author)
        for role in [Role.reviewer, .newReviewer, .member] {
            _ = try await world.answer(world.declare(of: role), by: .author)
        }
        let after: ReviewProcessView = try await world.value(world.process(), by: .author)
        #expect(after == before && after.reviews.count == 1)
        #expect(try await world.answer(world.draft(), by: .reviewer).status == 200)
    }

    @Test func `no review is taken back after the release`() async throws {
        let world = try await TestCommittee(.released)
        let before: ReviewProcessView = try await world.value(world.process(), by: .author)
        _ = try await world.answer(world.declare(), by: .reviewer)
        _ = try await world.answer(world.declare(of: .reviewer), by: .chair)
        let after: ReviewProcessView = try await world.value(world.process(), by: .author)
        #expect(after == before && after.reviews.count == 1)
    }

    @Test func `what was declared is what is stored`() async throws {
        let world = try await TestCommittee(.bidding)
        let again = Call.json(
            "/api/draft/declareConflict",
            """
            {"draftId":"\(world.paper.id)","account":"\(world.account(.conflicted).id)",\
            "kind":"institution"}
            """)
        let told: ConflictView = try await world.value(again, by: .chair)
        let all: Listed<ConflictView> = try await world.value(world.conflicts(), by: .chair)
        let stored = all.items.first { $0.account == world.account(.conflicted).id }
        #expect(told == stored)
    }

    @Test func `who is conflicted does not learn what others said of it`() async throws {
        let world = try await TestCommittee(.bidding)
        let reason = "What the chair suspects."
        let call = Call.json(
            "/api/draft/declareConflict",
            """
            {"draftId":"\(world.paper.id)","account":"\(world.account(.member).id)",\
            "kind":"advisor","reason":"\(reason)"}
            """)
        for role in [Role.chair, .author] { try await world.done(call, by: role) }
        let answer = try await world.answer(world.declare(), by: .member)
        #expect(!answer.text.contains(reason) && !answer.text.contains("advisor"))
    }
}
