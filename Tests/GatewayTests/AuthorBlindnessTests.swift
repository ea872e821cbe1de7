import PeerReview
import StarchairAPI
import Testing

/// Until something is released, authors cannot tell what reviewers and chairs do.
@Suite struct AuthorBlindnessTests {
    typealias Role = TestCommittee.Role

    /// Every answer that an author can get, byte for byte.
    private func sight(_ world: TestCommittee) async throws -> [String: [UInt8]] {
        let id = world.conference.id
        let calls = [
            world.draft(), world.drafts(), world.conflicts(), world.process(),
            world.processes(), world.assigned(), world.bids(), world.thread(),
            world.download(), .get("/api/draft/getDraftByAuthor"),
            .get("/api/draft/visible/\(id)"), .get("/api/conference/getConferenceById/\(id)"),
            .get("/api/conference/getPcMembers/\(id)"),
            .post("/api/conference/attendAsContributor"), .post("/api/conference/attendAsPc"),
            .post("/api/notification/all"), .post("/api/invitation/received"),
            world.rebut(), world.score(), world.decline(), world.say(), world.decide(),
            world.assign(.member), world.conflicts(world.second), world.draft(world.second),
        ]
        var sight: [String: [UInt8]] = [:]
        for role in [Role.author, .coauthor] {
            for call in calls {
                let answer = try await world.answer(call, by: role)
                let headers = answer.headers.map { "\($0.name): \($0.value)" }.sorted()
                sight["\(role) \(call.path)"] =
                    Array("\(answer.status) \(headers)".utf8) + answer.body
            }
        }
        return sight
    }

    private func expectBlind(
        _ world: TestCommittee, _ acts: [(Call, Role)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await sight(world)
        for (call, role) in acts {
            try await world.done(call, by: role, sourceLocation: sourceLocation)
            let after = try await sight(world)
            let changed = after.filter { before[$0.key] != $0.value }.keys.sorted()
            #expect(changed.isEmpty, "\(call.path)", sourceLocation: sourceLocation)
        }
    }

    @Test func `bidding and assigning change no byte`() async throws {
        let world = try await TestCommittee(.submitting)
        try await world.done(world.move(to: .bidding), by: .chair)
        try await expectBlind(
            world,
            [
                (world.bid(), .member), (world.bid("-20"), .reviewer),
                (world.declare(), .conflicted), (world.declare(of: .rival), .chair),
            ])
        try await world.done(world.move(to: .assigning), by: .chair)
        try await expectBlind(
            world, [(world.assign(.reviewer), .chair), (world.assignAll(), .chair)])
    }

    @Test func `reviewing and discussing change no byte`() async throws {
        let world = try await TestCommittee(.assigning)
        try await world.done(world.move(to: .reviewing), by: .chair)
        try await expectBlind(
            world,
            [
                (world.score(confirm: false), .reviewer),
                (world.score(version: 1), .reviewer), (world.score(), .newReviewer),
                (world.score(version: 2, confirm: false), .reviewer),
                (world.decline(), .newReviewer), (world.assign(.member), .chair),
                (world.declare(), .member),
            ])
        try await world.done(world.move(to: .discussing), by: .chair)
        try await expectBlind(
            world,
            [
                (world.say(), .reviewer), (world.say(), .chair),
                (world.score("-2", version: 3), .reviewer), (world.decide(), .chair),
                (world.decide(nil, "reject", version: 1), .chair),
            ])
        try await world.done(world.move(to: .decided), by: .chair)
        try await expectBlind(world, [(world.decide(nil, "accept", version: 2), .cochair)])
    }

    @Test func `authors read what was confirmed before the release, then what came after`()
        async throws
    {
        let world = try await TestCommittee(.reviewing)
        let draft = world.score(version: 1, confirm: false, comment: "A new draft.")
        try await world.done(draft, by: .reviewer)
        try await world.done(world.score(confirm: false), by: .newReviewer)
        try await world.done(world.release("reviews"), by: .chair)
        try await expectReviews([TestCommittee.Secret.review], world)
        try await world.done(world.move(to: .discussing), by: .chair)
        let acts: [(Call, Role)] = [
            (world.say(), .reviewer),
            (world.score("-1", version: 2, comment: "In the discussion."), .reviewer),
            (world.score("2", version: 1, comment: "A late one."), .newReviewer),
            (world.decide(), .chair), (world.decide(world.second), .chair),
        ]
        try await expectBlind(world, acts)
        try await world.done(world.move(to: .decided), by: .chair)
        try await expectReviews([TestCommittee.Secret.review], world)
        try await world.done(world.release("decisions"), by: .chair)
        try await expectReviews(["A late one.", "In the discussion."], world)
    }

    private func expectReviews(
        _ comments: [String], _ world: TestCommittee,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for role in Role.authors {
            let process: ReviewProcessView = try await world.value(world.process(), by: role)
            #expect(
                process.reviews.compactMap(\.comment).sorted() == comments.sorted(),
                sourceLocation: sourceLocation)
            #expect(
                process.reviews.allSatisfy {
                    $0.remarks == nil && $0.pcMemberId == nil && $0.version == nil
                        && $0.status == .confirmed
                }, sourceLocation: sourceLocation)
            #expect(process.pcMembers == nil, sourceLocation: sourceLocation)
        }
    }
}
