import PeerReview
import StarchairAPI
import Testing

/// Bids and conflicts: who says what of which paper, and who learns of it.
@Suite struct BidAndConflictTests {
    typealias Role = TestCommittee.Role

    @Test func `a bid is a whole number from -20 to 20`() async throws {
        let world = try await TestCommittee(.bidding)
        for bid in ["-21", "21", "1.5", "\"1\"", "null", "true", "[1]", "9223372036854775808"] {
            try await world.installation.expectRefusal(
                of: world.bid(bid).by(world.person(.member)), 400, "invalidField",
                "malformedJSON")
        }
        for bid in [-20, 0, 20] {
            let kept: BidView = try await world.value(world.bid("\(bid)"), by: .member)
            #expect(kept.bid.rawValue == bid)
        }
        let own: ListPage<BidView> = try await world.value(world.bids(), by: .member)
        #expect(own.items.map(\.bid.rawValue) == [20])
        for role in [Role.reviewer, .chair, .author] {
            let none: ListPage<BidView> = try await world.value(world.bids(), by: role)
            #expect(none.items.isEmpty)
        }
    }

    @Test func `members bid while it is time`() async throws {
        let world = try await TestCommittee(.submitting)
        try await world.refused(world.bid(), by: .member, 404, "noSuchSubmission")
        try await world.advance(to: .bidding)
        try await world.refused(world.bid(), by: .conflicted, 404, "noSuchSubmission")
        try await world.advance(to: .assigning)
        try await world.refused(
            world.bid(), by: .reviewer, 409, "windowClosed", ["state": "assigning"])
        try await world.refused(world.bid(), by: .member, 404, "noSuchSubmission")
        try await world.done(world.move(to: .bidding), by: .chair)
        try await world.done(world.bid(), by: .reviewer)
        try await world.done(world.withdraw(), by: .author)
        try await world.refused(world.bid(), by: .member, 404, "noSuchSubmission")
    }

    @Test func `a bid for what one became conflicted with leaves no trace`() async throws {
        let world = try await TestCommittee(.bidding)
        for paper in [world.paper, world.second] {
            try await world.done(world.bid(for: paper), by: .member)
        }
        try await world.done(world.declare(of: .member, on: world.second), by: .chair)
        for query in ["", "?limit=1", "?limit=2"] {
            let page: ListPage<BidView> = try await world.value(
                world.bids(query), by: .member)
            #expect(page.items.map(\.draftId) == [world.paper.id])
            #expect(page.next == nil, "\(query)")
        }
    }

    @Test(arguments: [
        "", "friend", "Coauthor", "null", "1",
    ])
    func `a conflict is of one of five kinds`(kind: String) async throws {
        let world = try await TestCommittee(.bidding)
        let text = kind == "null" || kind == "1" ? kind : "\"\(kind)\""
        let body = "{\"draftId\":\"\(world.paper.id)\",\"kind\":\(text)}"
        try await world.refused(
            .json("/api/draft/declareConflict", body), by: .member, 400, "invalidField")
        let long = TestInstallation.quoted(String(repeating: "x", count: 1001))
        let reason = """
            {"draftId":"\(world.paper.id)","kind":"other","reason":\(long)}
            """
        try await world.refused(
            .json("/api/draft/declareConflict", reason), by: .member, 400, "invalidField",
            ["field": "reason"])
    }

    @Test func `authors find the conflicts that they declared, and chairs all`() async throws {
        let world = try await TestCommittee(.bidding)
        try await world.done(world.declare(of: .reviewer), by: .author)
        try await world.done(world.declare(of: .newReviewer), by: .chair)
        for role in Role.authors {
            let page: Listed<ConflictView> = try await world.value(world.conflicts(), by: role)
            #expect(page.items.map(\.account) == [world.account(.reviewer).id])
        }
        let all: Listed<ConflictView> = try await world.value(world.conflicts(), by: .cochair)
        #expect(all.items.count == 4)
    }

    @Test func `what authors declare they find, whoever said it before`() async throws {
        let world = try await TestCommittee(.bidding)
        try await world.done(world.declare(of: .conflicted), by: .author)
        let page: Listed<ConflictView> = try await world.value(world.conflicts(), by: .author)
        #expect(page.items.map(\.account) == [world.account(.conflicted).id])
    }

    @Test func `nobody is conflicted with the own paper, and a conflict stays`() async throws {
        let world = try await TestCommittee(.bidding)
        for role in Role.authors {
            try await world.refused(world.declare(), by: role, 403, "forbidden")
        }
        for _ in 0..<2 { try await world.done(world.declare(), by: .member) }
        for call in [world.draft(), world.bid(), world.process(), world.conflicts()] {
            try await world.refused(call, by: .member, 404, "noSuchSubmission")
        }
        let all: Listed<ConflictView> = try await world.value(world.conflicts(), by: .chair)
        #expect(all.items.count == 3)
    }
}
