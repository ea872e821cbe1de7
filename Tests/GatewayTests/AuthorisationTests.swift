import PeerReview
import StarchairAPI
import Testing

/// Who may do what: commands and lists about a paper, asked for by everybody.
@Suite struct AuthorisationTests {
    typealias Role = TestCommittee.Role

    private static let chairs: [Role] = [.chair, .cochair]
    private static let allChairs: [Role] = [.chair, .cochair, .conflictedChair, .authorChair]
    private static let assigned: [Role] = [.reviewer, .newReviewer]
    @Test func `who bids, declares and withdraws while bidding`() async throws {
        let world = try await TestCommittee(.bidding)
        let members: [Role] = [.member, .reviewer, .newReviewer]
        let unknown = "noSuchSubmission"
        let bidders = Verdict(
            allowed: members, code: unknown,
            exceptions: ["forbidden": Self.chairs + Role.authors])
        try await bidders.expect(of: world.bid(), in: world)
        let judges = Verdict(
            allowed: Self.chairs + Role.authors, code: unknown,
            exceptions: ["forbidden": members])
        try await judges.expect(of: world.conflicts(), in: world)
        try await judges.expect(of: world.declare(of: .stranger), in: world)
        let assigners = Verdict(
            allowed: Self.chairs, code: unknown,
            exceptions: ["forbidden": members + Role.authors])
        try await assigners.expect(of: world.assign(.member), in: world)
        try await Verdict(allowed: Role.authors, code: unknown)
            .expect(of: world.withdraw(), in: world)
    }

    @Test func `who reviews and gives reviews back`() async throws {
        let world = try await TestCommittee(.reviewing)
        let verdict = Verdict(
            allowed: Self.assigned, code: "noSuchSubmission",
            exceptions: ["notAssigned": Self.chairs + Role.authors])
        try await verdict.expect(of: world.score(version: 1), in: world)
        try await verdict.expect(of: world.decline(), in: world)
    }

    @Test func `who assigns`() async throws {
        let world = try await TestCommittee(.reviewing)
        let assigners = Verdict(
            allowed: Self.chairs, code: "noSuchSubmission",
            exceptions: ["forbidden": Self.assigned + Role.authors])
        try await assigners.expect(of: world.assign(.member), in: world)
        let verdict = Verdict(allowed: Self.allChairs, code: "forbidden")
        try await verdict.expect(of: world.processes(), in: world)
        try await verdict.expect(of: world.assignAll(), in: world)
        try await verdict.expect(of: world.release("reviews"), in: world)
    }

    @Test func `who answers the reviews`() async throws {
        let world = try await TestCommittee(.rebuttal)
        let verdict = Verdict(
            allowed: Role.authors, code: "noSuchSubmission",
            exceptions: ["forbidden": Self.assigned + Self.chairs])
        try await verdict.expect(of: world.rebut(version: 1), in: world)
    }

    @Test func `who discusses and decides`() async throws {
        let world = try await TestCommittee(.discussing)
        let readers: [Role] = [.reviewer, .chair, .cochair]
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        let post = try #require(thread.posts.first?.id)
        let verdict = Verdict(allowed: readers, code: "noSuchSubmission")
        try await verdict.expect(of: world.thread(), in: world)
        try await verdict.expect(of: world.say(), in: world)
        try await Verdict(allowed: readers, code: "noSuchPost")
            .expect(of: world.reply("So do I.", to: post.text), in: world)
        let judges = Verdict(
            allowed: Self.chairs, code: "noSuchSubmission",
            exceptions: ["forbidden": Self.assigned + Role.authors])
        try await judges.expect(of: world.decide(), in: world)
    }

    @Test func `who leads the conference`() async throws {
        let world = try await TestCommittee(.discussing)
        let desk = TestDesk(installation: world.installation, conference: world.conference.id)
        let verdict = Verdict(allowed: Self.allChairs, code: "forbidden")
        try await verdict.expect(of: world.release("decisions"), in: world)
        try await verdict.expect(of: desk.invite("new@example.org"), in: world)
        try await verdict.expect(of: world.move(to: .decided), in: world)
        let late = try await TestCommittee(.discussing)
        let add = TestDesk(installation: late.installation, conference: late.conference.id)
            .add(late.account(.member).id, as: "chair")
        try await verdict.expect(of: add, in: late)
    }

    @Test(arguments: [ConferenceState.bidding, .reviewing, .released])
    func `who reads a paper`(state: ConferenceState) async throws {
        let world = try await TestCommittee(state)
        let members: [Role] = [.member, .reviewer, .newReviewer]
        let insiders = Self.chairs + Role.authors
        let readers = insiders + (state == .bidding ? members : Self.assigned)
        let verdict = Verdict(allowed: readers, code: "noSuchSubmission")
        try await verdict.expect(of: world.draft(), in: world)
        try await verdict.expect(of: world.process(), in: world)
        let files = state == .bidding ? insiders : readers
        try await Verdict(allowed: files, code: "noSuchFile")
            .expect(of: world.download(), in: world)
        let lists = Verdict(
            allowed: Self.allChairs + members + [.conflicted], code: "noSuchConference")
        try await lists.expect(of: world.drafts(), in: world)
    }
}
