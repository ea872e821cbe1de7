import PeerReview
import StarchairAPI
import Testing

/// What becomes of a review whose writer is out of it.
@Suite struct ReviewEndTests {
    typealias Secret = TestCommittee.Secret

    @Test func `a review given back is no more`() async throws {
        let world = try await TestCommittee(.reviewing)
        for (role, version) in [(TestCommittee.Role.reviewer, 1), (.newReviewer, 0)] {
            try await world.done(world.decline(), by: role)
            for call in [
                world.score(version: Int64(version)), world.decline(), world.draft(),
                world.process(), world.download(),
            ] {
                let code = call.path.contains("download") ? "noSuchFile" : "noSuchSubmission"
                try await world.refused(call, by: role, 404, code)
            }
        }
        let process: ReviewProcessView = try await world.value(world.process(), by: .chair)
        #expect(process.pcMembers == [] && process.reviews.map(\.status) == [.quarantined])
    }

    @Test func `who is assigned again after giving a review back reviews anew`() async throws {
        let world = try await TestCommittee(.reviewing)
        try await world.done(world.score(comment: "Another's."), by: .newReviewer)
        try await world.done(world.decline(), by: .reviewer)
        try await world.done(world.assign(.reviewer), by: .chair)
        let fresh: ReviewProcessView = try await world.value(world.process(), by: .reviewer)
        #expect(fresh.reviews.map(\.status) == [.assigned])
        try await world.done(world.move(to: .discussing), by: .chair)
        try await world.refused(world.thread(), by: .reviewer, 404, "noSuchSubmission")
        try await world.done(world.score(), by: .reviewer)
        let own: ReviewProcessView = try await world.value(world.process(), by: .reviewer)
        #expect(own.reviews.count == 2)
    }

    @Test func `a conflict ends a review, which is kept and does not count`() async throws {
        let world = try await TestCommittee(.reviewing)
        try await world.done(world.declare(), by: .reviewer)
        for call in [world.score(version: 1), world.decline(), world.draft(), world.process()] {
            try await world.refused(call, by: .reviewer, 404, "noSuchSubmission")
        }
        try await world.done(world.declare(), by: .reviewer)
        let process: ReviewProcessView = try await world.value(world.process(), by: .chair)
        #expect(process.reviews.map(\.status).contains(.quarantined))
        #expect(process.pcMembers == [world.account(.newReviewer).id])
        try await world.done(world.release("reviews"), by: .chair)
        let told = try await world.answer(world.process(), by: .author)
        #expect(!told.text.contains(Secret.review) && !told.text.contains("quarantined"))
    }

    @Test func `nobody reviews what was withdrawn`() async throws {
        let world = try await TestCommittee(.reviewing)
        try await world.done(world.withdraw(), by: .coauthor)
        for call in [world.score(version: 1), world.decline()] {
            try await world.refused(call, by: .reviewer, 409, "withdrawn")
        }
        try await world.refused(world.assign(.member), by: .chair, 409, "withdrawn")
    }
}
