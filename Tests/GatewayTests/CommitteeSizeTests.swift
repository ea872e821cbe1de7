import PeerReview
import StarchairAPI
import Testing

/// How large a committee must be.
@Suite struct CommitteeSizeTests {
    typealias Role = TestCommittee.Role

    let world: TestCommittee

    init() async throws { world = try await TestCommittee(.submitting) }

    @Test func `a conference opens when its committee is large enough`() async throws {
        let body = """
            {"shortenForm":"SMALL","fullName":"A small one",\
            "settings":{"committeeSizeMinimum":2}}
            """
        let small: ConferenceView = try await world.value(
            .json("/api/conference/createConference", body), by: .chair)
        let administrator = try #require(world.person(.administrator))
        try await world.installation.approve(small, by: administrator)
        let open = Call.json(
            "/api/conference/changeStatus/\(small.id)", "{\"status\":\"submitting\"}")
        let committee = TestDesk(installation: world.installation, conference: small.id)
        // Twice the same person is one member.
        for (index, role) in [Role.member, .member, .rival].enumerated() {
            try await world.refused(
                open, by: .chair, 409, "committeeTooSmall",
                ["members": "\(min(index, 1))", "needed": "2"])
            let account = world.account(role).id
            try await world.done(committee.add(account, as: "member"), by: .chair)
        }
        try await world.refused(
            committee.add(world.account(.unverified).id, as: "member"), by: .chair, 404,
            "noSuchAccount")
        try await world.done(open, by: .chair)
    }
}
