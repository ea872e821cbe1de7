import Cluster
import PeerReview
import StarchairAPI
import Testing

extension TestCommittee {
    private static let states: [ConferenceState] = [
        .submitting, .bidding, .assigning, .reviewing, .rebuttal, .discussing, .decided,
        .released,
    ]

    /// Puts people on the committee and opens the conference.
    static func gather(
        _ conference: ConferenceView, _ people: [Role: Person],
        _ installation: TestInstallation
    ) async throws -> ConferenceView {
        let chair = try #require(people[.chair])
        let committee: [Role] = [.member, .reviewer, .newReviewer, .conflicted]
        let chairs: [Role] = [.cochair, .conflictedChair, .authorChair]
        let desk = TestDesk(installation: installation, conference: conference.id)
        for role in committee + chairs {
            let account = try #require(people[role]).account.id
            let call = desk.add(account, as: chairs.contains(role) ? "chair" : "member")
            _ = try await installation.answer(to: call.by(chair)).data(MemberView.self)
        }
        return try await installation.move(conference, to: .submitting, by: chair)
    }

    /// The state in which the conference is.
    var state: ConferenceState {
        get async throws {
            let call = Call.get("/api/conference/getConferenceById/\(conference.id)")
            return try await value(call, by: .chair, as: ConferenceView.self).status
        }
    }

    /// Leads the conference on, everybody doing what the time is for.
    func advance(to target: ConferenceState) async throws {
        let now = try await state
        let from = try #require(Self.states.firstIndex(of: now))
        let to = try #require(Self.states.firstIndex(of: target))
        guard from < to else { return }
        for state in Self.states[(from + 1)...to] { try await enter(state) }
    }

    private func enter(_ state: ConferenceState) async throws {
        if state == .rebuttal { try await done(release("reviews"), by: .chair) }
        if state != .released { try await done(move(to: state), by: .chair) }
        switch state {
        case .bidding:
            for role in [Role.conflicted, .conflictedChair] {
                try await done(declare(), by: role)
            }
        case .assigning:
            for role in [Role.reviewer, .newReviewer] {
                try await done(assign(role), by: .chair)
            }
            try await done(assign(.conflicted, to: second), by: .chair)
        case .reviewing: try await done(score(), by: .reviewer)
        case .rebuttal: try await done(rebut(), by: .author)
        case .discussing: try await done(say(), by: .reviewer)
        case .decided:
            for paper in [paper, second] { try await done(decide(paper), by: .chair) }
        case .released:
            try await done(release("decisions"), by: .chair)
            try await noteRelease()
        default: break
        }
    }

    /// Tells the ConferenceService of the release, as the ReviewProcessService does.
    func noteRelease() async throws {
        let client = installation.node.client
        let context = client.context(
            Principal(.service(.reviewProcess)), timeout: .seconds(10))
        _ = try await client.call(NoteRelease(conference: conference.id), context)
    }
}
