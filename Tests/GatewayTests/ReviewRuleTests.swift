import PeerReview
import StarchairAPI
import Testing

/// What a review must be, and when it may be written.
@Suite struct ReviewRuleTests {
    typealias Secret = TestCommittee.Secret

    @Test func `a score is one of four and a confidence one of five`() async throws {
        let world = try await TestCommittee(.reviewing)
        for score in ["0", "3", "-3", "\"1\"", "1.5", "true", "[1]", "1e99", "null"] {
            try await refused(world, world.score(score), "score")
        }
        for confidence in ["0", "6", "-1", "\"3\"", "2.5", "null"] {
            try await refused(world, world.score(confidence: confidence), "confidence")
        }
        try await refused(world, world.score(nil), "score")
        try await refused(world, world.score(confidence: nil), "confidence")
        for (version, score) in ["-2", "-1", "1", "2"].enumerated() {
            let call = world.score(score, version: Int64(version))
            try await world.done(call, by: .newReviewer)
        }
    }

    private func refused(
        _ world: TestCommittee, _ call: Call, _ field: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await world.installation.expectRefusal(
            of: call.by(world.person(.newReviewer)), 400, "invalidField", "malformedJSON",
            sourceLocation: sourceLocation)
        let named = try answer.problem().parameters["field"]
        #expect(named == nil || named == field, sourceLocation: sourceLocation)
    }

    @Test func `a review has words, and not too many`() async throws {
        let world = try await TestCommittee(.reviewing)
        let long = String(repeating: "x", count: 20_001)
        for comment in ["", long, "a\u{0}b", "a\u{202E}b"] {
            try await refused(world, world.score(comment: comment), "comment")
        }
        try await refused(world, world.score(confirm: false, comment: long), "comment")
        let empty = world.score(nil, confidence: nil, confirm: false, comment: "")
        let draft: ReviewView = try await world.value(empty, by: .newReviewer)
        #expect(draft.status == .draft && draft.version == 1)
        let most = world.score(version: 1, comment: String(long.dropLast()))
        let review: ReviewView = try await world.value(most, by: .newReviewer)
        #expect(review.status == .confirmed && review.version == 2)
    }

    @Test func `a review is changed from the version that was read`() async throws {
        let world = try await TestCommittee(.reviewing)
        for version in [0, 2, -1, .max, .min] as [Int64] {
            try await world.refused(
                world.score(version: version), by: .reviewer, 412, "versionConflict",
                ["version": "1"])
        }
        try await world.done(world.score(version: 1), by: .reviewer)
        try await world.refused(
            world.score(version: 1), by: .reviewer, 412, "versionConflict", ["version": "2"])
    }

    @Test func `a draft is its writer's own and takes nothing back`() async throws {
        let world = try await TestCommittee(.reviewing)
        let text = "What was not meant yet."
        let call = world.score("-2", version: 1, confirm: false, comment: text)
        try await world.done(call, by: .reviewer)
        let own: ReviewProcessView = try await world.value(world.process(), by: .reviewer)
        #expect(own.reviews.first?.comment == text)
        for role in [TestCommittee.Role.chair, .cochair] {
            let answer = try await world.answer(world.process(), by: role)
            #expect(answer.text.contains(Secret.review) && !answer.text.contains(text))
        }
    }

    @Test func `reviews are written while it is time`() async throws {
        let world = try await TestCommittee(.assigning)
        try await world.refused(
            world.score(), by: .reviewer, 409, "windowClosed", ["state": "assigning"])
        try await world.advance(to: .rebuttal)
        try await world.refused(
            world.score(version: 1), by: .reviewer, 409, "windowClosed",
            ["state": "rebuttal"])
        try await world.advance(to: .decided)
        try await world.refused(
            world.score(version: 1), by: .reviewer, 409, "windowClosed", ["state": "decided"])
        try await world.advance(to: .released)
        try await world.refused(world.score(version: 1), by: .reviewer, 409, "released")
    }

    @Test func `a review of another paper is none of one's business`() async throws {
        let world = try await TestCommittee(.reviewing)
        let unknown = try await TestCommittee(.submitting).paper
        for paper in [world.second, unknown] {
            try await world.refused(
                world.score(on: paper), by: .reviewer, 404, "noSuchSubmission")
        }
    }

    @Test func `who changes a score says something first`() async throws {
        let world = try await TestCommittee(.reviewing)
        try await world.done(world.score("2"), by: .newReviewer)
        try await world.done(world.move(to: .discussing), by: .chair)
        try await world.refused(
            world.score("-2", version: 1), by: .newReviewer, 409, "discussFirst")
        try await world.done(world.score("2", version: 1), by: .newReviewer)
        try await world.done(world.say(), by: .reviewer)
        try await world.refused(
            world.score("-2", version: 2), by: .newReviewer, 409, "discussFirst")
        try await world.done(world.say("I was wrong."), by: .newReviewer)
        try await world.done(world.score("-2", version: 2), by: .newReviewer)
    }
}
