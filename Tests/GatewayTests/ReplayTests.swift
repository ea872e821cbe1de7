import PeerReview
import StarchairAPI
import Testing

/// Commands about reviews that come twice have one effect and one answer.
@Suite struct ReplayTests {
    typealias Role = TestCommittee.Role

    /// The call under a key twice, then another call under the same key.
    private func expectOnce(
        _ call: Call, or another: Call, by role: Role, in world: TestCommittee,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let key = "twice"
        let first = try await world.answer(call.key(key), by: role)
        #expect(
            [200, 201].contains(first.status), "\(call.path): \(first.text)",
            sourceLocation: sourceLocation)
        let before = world.installation.footprint
        for _ in 0..<2 {
            let again = try await world.answer(call.key(key), by: role)
            #expect(
                again.status == first.status && again.body == first.body, "\(call.path)",
                sourceLocation: sourceLocation)
        }
        let isUnchanged = world.installation.footprint == before
        #expect(isUnchanged, "\(call.path)", sourceLocation: sourceLocation)
        try await world.refused(
            another.key(key), by: role, 422, "requestIDReused",
            sourceLocation: sourceLocation)
    }

    @Test func `before the reviews`() async throws {
        let world = try await TestCommittee(.bidding)
        let desk = TestDesk(installation: world.installation, conference: world.conference.id)
        try await expectOnce(world.bid("1"), or: world.bid("2"), by: .member, in: world)
        try await expectOnce(
            world.declare(of: .stranger), or: world.declare(of: .rival), by: .author, in: world)
        try await expectOnce(
            world.withdraw(world.second), or: world.withdraw(), by: .rival, in: world)
        try await expectOnce(
            desk.invite("new@example.org"), or: desk.invite("newer@example.org"), by: .chair,
            in: world)
        try await expectOnce(
            desk.add(world.account(.stranger).id, as: "member"),
            or: desk.add(world.account(.stranger).id, as: "chair"), by: .cochair, in: world)
    }

    @Test func `while assigning and reviewing`() async throws {
        let world = try await TestCommittee(.reviewing)
        try await expectOnce(
            world.assign(.member), or: world.assign(.conflicted), by: .chair, in: world)
        try await expectOnce(
            world.score("1"), or: world.score("2"), by: .newReviewer, in: world)
        try await expectOnce(world.decline(), or: world.score(), by: .member, in: world)
        try await expectOnce(
            world.release("reviews"), or: world.release("decisions"), by: .cochair, in: world)
        try await world.done(world.move(to: .rebuttal), by: .chair)
        try await expectOnce(world.rebut("No."), or: world.rebut("Yes."), by: .author, in: world)
    }

    @Test func `while discussing and deciding`() async throws {
        let world = try await TestCommittee(.discussing)
        try await expectOnce(world.say("One."), or: world.say("Two."), by: .reviewer, in: world)
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        let post = try #require(thread.posts.first?.id.text)
        try await expectOnce(
            world.reply("One.", to: post), or: world.reply("Two.", to: post), by: .chair,
            in: world)
        try await expectOnce(
            world.decide(), or: world.decide(nil, "reject"), by: .cochair, in: world)
    }

    @Test func `a refusal is remembered with its key`() async throws {
        let world = try await TestCommittee(.assigning)
        let late = world.score().key("early")
        try await world.refused(late, by: .newReviewer, 409, "windowClosed")
        try await world.done(world.move(to: .reviewing), by: .chair)
        try await world.refused(late, by: .newReviewer, 409, "windowClosed")
        try await world.done(world.score(), by: .newReviewer)
    }

    @Test func `of many at once under one key one has an effect`() async throws {
        let world = try await TestCommittee(.discussing)
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await world.answer(world.say("Once.").key("once"), by: .reviewer)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.body)).count == 1 && answers.allSatisfy { $0.status == 201 })
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        #expect(thread.posts.map(\.content) == [TestCommittee.Secret.post, "Once."])
    }
}
