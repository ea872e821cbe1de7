import PeerReview
import StarchairAPI
import Testing

/// Invitations: for the reader of an address, answered once.
@Suite struct InvitationTests {
    typealias Role = TestCommittee.Role

    let world: TestCommittee
    let desk: TestDesk

    init() async throws {
        world = try await TestCommittee(.submitting)
        desk = TestDesk(installation: world.installation, conference: world.conference.id)
    }

    private func invited(
        _ role: Role = .stranger, as part: String = "member"
    ) async throws -> InvitationView {
        let address = world.account(role).email?.text ?? ""
        return try await world.value(desk.invite(address, as: part), by: .chair)
    }

    private func answer(
        _ invitation: InvitationView, _ verb: String, _ body: String? = nil
    ) -> Call {
        let path = "/api/invitation/\(verb)/\(invitation.id)"
        return body.map { .json(path, $0) } ?? .post(path)
    }

    @Test func `only who has shown to hold the address answers, and once`() async throws {
        let invitation = try await invited(.coauthor)
        for verb in ["approve", "reject"] {
            for role in [Role.stranger, .chair, .author, .otherChair] {
                try await world.refused(
                    answer(invitation, verb), by: role, 403, "otherAddress")
            }
            for role in [Role.unverified, .administrator] {
                try await world.refused(
                    answer(invitation, verb), by: role, 403, "addressNotVerified")
            }
            try await world.refused(
                answer(invitation, verb), by: .anonymous, 401, "signInRequired")
        }
        let accepted: InvitationView = try await world.value(
            answer(invitation, "approve"), by: .coauthor)
        #expect(accepted.status == .accepted && accepted.id == invitation.id)
        for verb in ["approve", "reject"] {
            try await world.refused(
                answer(invitation, verb), by: .coauthor, 409, "alreadyAnswered",
                ["status": "accepted"])
        }
        try await world.refused(
            answer(invitation, "withdraw"), by: .chair, 409, "alreadyAnswered",
            ["status": "accepted"])
    }

    @Test func `of many answers at once one counts`() async throws {
        let invitation = try await invited()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<6 {
                let verb = index.isMultiple(of: 2) ? "approve" : "reject"
                let call = answer(invitation, verb)
                group.addTask { [world] in
                    try await world.answer(call, by: .stranger).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200, 409, 409, 409, 409, 409])
    }

    @Test func `only chairs take an invitation back`() async throws {
        let invitation = try await invited()
        for role in [Role.stranger, .rival, .otherChair, .member, .administrator] {
            try await world.refused(
                answer(invitation, "withdraw"), by: role, 404, "noSuchInvitation")
        }
        let withdrawn: InvitationView = try await world.value(
            answer(invitation, "withdraw"), by: .cochair)
        #expect(withdrawn.status == .withdrawn)
        try await world.refused(
            answer(invitation, "approve"), by: .stranger, 409, "alreadyAnswered",
            ["status": "withdrawn"])
        _ = try await invited()
    }

    @Test func `an address is invited once to the same part`() async throws {
        _ = try await invited()
        for address in ["stranger@example.org", "STRANGER@example.org"] {
            for role in [Role.chair, .cochair] {
                try await world.refused(desk.invite(address), by: role, 409, "alreadyInvited")
            }
        }
        _ = try await invited(.stranger, as: "chair")
    }

    @Test func `the words of an invitation have a limit`() async throws {
        let long = String(repeating: "x", count: 1001)
        for message in [long, "a\u{0}b", "\u{202E}"] {
            try await world.refused(
                desk.invite("new@example.org", message: message), by: .chair, 400,
                "invalidField", ["field": "message"])
        }
        let most = desk.invite("new@example.org", message: String(long.dropLast()))
        try await world.done(most, by: .chair)
        let invitation = try await invited()
        for verb in ["approve", "reject"] {
            try await world.refused(
                answer(invitation, verb, TestInstallation.text(["reason": long])),
                by: .stranger, 400, "invalidField", ["field": "reason"])
            for body in ["", "{\"reason\":1}", "[]", "{"] {
                try await world.installation.expectRefusal(
                    of: answer(invitation, verb, body).by(world.person(.stranger)), 400,
                    "malformedJSON", "invalidField")
            }
        }
        let declined: InvitationView = try await world.value(
            answer(invitation, "reject", "{\"reason\":\"No time\"}"), by: .stranger)
        #expect(declined.reason == "No time" && declined.status == .declined)
    }

    @Test func `nobody joins when it is over`() async throws {
        let invitation = try await invited()
        try await world.advance(to: .decided)
        for call in [desk.invite("new@example.org"), answer(invitation, "approve")] {
            let role: Role = call.path.contains("approve") ? .stranger : .chair
            try await world.refused(call, by: role, 409, "wrongState", ["state": "decided"])
        }
        try await world.done(answer(invitation, "reject"), by: .stranger)
    }

    @Test func `each finds the own invitations`() async throws {
        let invitation = try await invited()
        for role in Role.allCases where role != .anonymous {
            for (path, owner) in [("received", Role.stranger), ("sent", .chair)] {
                let page: ListPage<InvitationView> = try await world.value(
                    .post("/api/invitation/\(path)"), by: role)
                #expect(page.items.map(\.id) == (role == owner ? [invitation.id] : []))
            }
        }
    }
}
