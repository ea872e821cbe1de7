import PeerReview
import StarchairAPI
import Testing

/// Rebuttals, decisions and releases: when, by whom, and once.
@Suite struct DecisionTests {
    typealias Role = TestCommittee.Role

    @Test func `authors answer what they were shown`() async throws {
        let world = try await TestCommittee(.reviewing)
        try await world.refused(
            world.rebut(), by: .author, 409, "windowClosed", ["state": "reviewing"])
        try await world.done(world.move(to: .rebuttal), by: .chair)
        // The time has come, but the reviews were not released.
        for role in Role.authors {
            try await world.refused(
                world.rebut(), by: role, 409, "windowClosed", ["state": "rebuttal"])
        }
        try await world.done(world.release("reviews"), by: .chair)
        let long = String(repeating: "x", count: 10_001)
        for text in ["", long, "a\\u0000b"] {
            try await world.refused(
                world.rebut(text), by: .author, 400, "invalidField", ["field": "rebuttal"])
        }
        let first: RebuttalView = try await world.value(
            world.rebut(String(long.dropLast())), by: .coauthor)
        #expect(first.version == 1)
        for version in [0, 2, -1] as [Int64] {
            try await world.refused(
                world.rebut(version: version), by: .author, 412, "versionConflict",
                ["version": "1"])
        }
        try await world.done(world.rebut(version: 1), by: .author)
        for role in [Role.chair, .reviewer, .newReviewer, .coauthor] {
            let process: ReviewProcessView = try await world.value(world.process(), by: role)
            #expect(process.rebuttal?.rebuttal == TestCommittee.Secret.rebuttal)
        }
        try await world.done(world.move(to: .discussing), by: .chair)
        try await world.refused(world.rebut(version: 2), by: .author, 409, "windowClosed")
    }

    @Test func `a decision is one of two, from the version that was read`() async throws {
        let world = try await TestCommittee(.discussing)
        for text in ["", "Accept", "maybe"] {
            try await world.refused(
                world.decide(nil, text), by: .chair, 400, "invalidField",
                ["field": "decision"])
        }
        try await world.refused(
            world.decide(version: 1), by: .chair, 412, "versionConflict", ["version": "0"])
        try await world.done(world.decide(), by: .chair)
        try await world.refused(
            world.decide(), by: .cochair, 412, "versionConflict", ["version": "1"])
        let changed: DecisionView = try await world.value(
            world.decide(nil, "reject", version: 1), by: .cochair)
        #expect(changed.version == 2 && changed.decision == .reject)
    }

    @Test(arguments: [ConferenceState.bidding, .assigning, .reviewing, .rebuttal])
    func `nothing is decided before its time`(state: ConferenceState) async throws {
        let world = try await TestCommittee(state)
        for call in [world.decide(), world.release("decisions")] {
            try await world.refused(
                call, by: .chair, 409, "windowClosed", ["state": state.rawValue])
        }
        if [.bidding, .assigning].contains(state) {
            try await world.refused(
                world.release("reviews"), by: .chair, 409, "windowClosed",
                ["state": state.rawValue])
        }
    }

    @Test func `nothing is released while something is undecided`() async throws {
        let world = try await TestCommittee(.discussing)
        try await world.refused(
            world.release("decisions"), by: .chair, 409, "windowClosed",
            ["state": "discussing"])
        try await world.done(world.move(to: .decided), by: .chair)
        for count in [2, 1] {
            try await world.refused(
                world.release("decisions"), by: .chair, 409, "undecided",
                ["count": "\(count)"])
            try await world.done(
                world.decide(count == 2 ? world.paper : world.second), by: .chair)
        }
        try await world.done(world.release("decisions"), by: .chair)
    }

    @Test func `what was withdrawn needs no decision and gets none`() async throws {
        let world = try await TestCommittee(.discussing)
        try await world.done(world.withdraw(world.second), by: .rival)
        try await world.refused(world.decide(world.second), by: .chair, 409, "withdrawn")
        try await world.done(world.decide(), by: .chair)
        try await world.done(world.move(to: .decided), by: .chair)
        try await world.refused(
            world.withdraw(), by: .author, 409, "windowClosed", ["state": "decided"])
        try await world.done(world.release("decisions"), by: .chair)
    }

    @Test func `a decision is a secret of chairs until it is released`() async throws {
        let world = try await TestCommittee(.decided)
        for role in Role.authors + [.reviewer, .newReviewer] {
            let process: ReviewProcessView = try await world.value(world.process(), by: role)
            #expect(process.decision == nil)
        }
        for role in [Role.chair, .cochair] {
            let process: ReviewProcessView = try await world.value(world.process(), by: role)
            #expect(process.decision?.decision == .accept)
        }
    }

    @Test func `what was released is released once and changes no more`() async throws {
        let world = try await TestCommittee(.decided)
        try await world.refused(world.release("reviews"), by: .chair, 409, "released")
        try await world.done(world.release("decisions"), by: .cochair)
        let calls = [
            world.release("decisions"), world.release("reviews"),
            world.decide(nil, "reject", version: 1),
        ]
        // Before the ConferenceService has heard of it, and afterwards.
        for _ in 0..<2 {
            for call in calls { try await world.refused(call, by: .chair, 409, "released") }
            try await world.noteRelease()
        }
        try await world.refused(
            world.move(to: .discussing), by: .chair, 409, "wrongState",
            ["from": "released", "to": "discussing"])
        for role in Role.authors + [.reviewer, .newReviewer] {
            let process: ReviewProcessView = try await world.value(world.process(), by: role)
            #expect(process.decision?.decision == .accept)
        }
        let rival: ReviewProcessView = try await world.value(
            world.process(world.second), by: .rival)
        #expect(rival.decision?.decision == .accept)
    }

    @Test func `of a release and a decision at once one comes first`() async throws {
        let world = try await TestCommittee(.decided)
        let change = world.decide(nil, "reject", version: 1)
        async let released = world.answer(world.release("decisions"), by: .chair)
        async let decided = world.answer(change, by: .cochair)
        let (release, decision) = try await (released, decided)
        #expect(release.status == 200)
        let process: ReviewProcessView = try await world.value(world.process(), by: .author)
        #expect(process.decision?.decision == (decision.status == 200 ? .reject : .accept))
    }
}
