import PeerReview
import Platform
import StarchairAPI

extension WholeConference {
    /// What the chair does, with the administrator's help at the start.
    public func chair(_ chair: Visitor, administrator: Visitor) async {
        guard await arrive(chair), await enter(administrator),
            let conference = await found(chair, administrator)
        else { return programme.fail("no conference was founded") }
        programme.found(conference)
        await gatherCommittee(chair, conference)
        await advance(chair, to: .submitting, then: .submitting)
        await waitForAll(chair, .submitting, count: size.authorCount)
        await advance(chair, to: .bidding, then: .bidding)
        await waitForAll(chair, .bidding, count: size.reviewerCount)
        await advance(chair, to: .assigning, then: .assigning)
        await assign(chair)
        await waitForAll(chair, .assigning, count: 2)
        await advance(chair, to: .reviewing, then: .reviewing)
        await waitForAll(chair, .reviewing, count: size.reviewerCount)
        await release(.reviews, chair)
        await advance(chair, to: .rebuttal, then: .rebutting)
        await waitForAll(chair, .rebutting, count: size.authorCount)
        await advance(chair, to: .discussing, then: .discussing)
        await waitForAll(chair, .discussing, count: size.reviewerCount)
        await advance(chair, to: .decided, then: .deciding)
        await decideAll(chair)
        await waitForAll(chair, .deciding, count: 2)
        await decideAll(chair)
        await release(.decisions, chair)
        programme.begin(.reading)
        await waitForAll(chair, .reading, count: size.authorCount + size.reviewerCount)
        programme.begin(.over)
    }

    /// What a second chair does at the same time as the first.
    public func coChair(_ chair: Visitor) async {
        guard await arrive(chair), await accept(chair, as: .chair),
            await wait(chair, for: .assigning)
        else { return }
        await assign(chair)
        guard await wait(chair, for: .deciding) else { return }
        await decideAll(chair)
    }

    private func enter(_ administrator: Visitor) async -> Bool {
        for token in town.administratorTokens {
            let told = await settled(administrator) { await administrator.redeemLink(token) }
            if told.value != nil { return true }
        }
        return false
    }

    private func found(_ chair: Visitor, _ administrator: Visitor) async -> ConferenceID? {
        var settings = ConferenceSettings.standard
        settings.anonymity = size.anonymity
        settings.reviewersPerSubmission = size.reviewersPerSubmission
        settings.loadMaximum =
            size.authorCount * size.reviewersPerSubmission / size.reviewerCount + 3
        let proposed = await settled(chair) {
            await chair.propose(
                shortForm: "DSN", fullName: "Dependable Systems", settings: settings)
        }
        guard let id = proposed.value?.id else { return nil }
        let approved = await settled(administrator) { await administrator.approve(id) }
        return approved.value == nil && approved.code != "wrongState" ? nil : id
    }

    /// Invites everybody and waits until the committee is complete.
    private func gatherCommittee(_ chair: Visitor, _ conference: ConferenceID) async {
        let members = reviewers.map { (identity(of: $0), CommitteeRole.member) }
        for (name, role) in members + [(coChairName, .chair)] {
            guard let address = EmailAddress("\(name)@example.org") else { continue }
            let told = await settled(chair) {
                await chair.invite(address, to: conference, as: role)
            }
            var invitation = told.value?.id
            if told.code == "alreadyInvited" {
                invitation = await sentInvitation(to: address, by: chair)
            }
            guard let invitation else { return programme.fail("\(name) was not invited") }
            programme.invited(name, invitation)
        }
        programme.inviteNobodyElse()
        let end = chair.platform.clock.uptime + Self.committeePatience
        while chair.platform.clock.uptime < end, !programme.isAbandoned {
            if await isComplete(chair, conference) { return }
            await rest(chair, atMost: .milliseconds(500))
        }
        programme.fail("not everybody who accepted is on the committee")
    }

    private func isComplete(_ chair: Visitor, _ conference: ConferenceID) async -> Bool {
        let members = await chair.members(of: conference)?.count
        let chairs = await chair.conference(conference).value?.chairman.count
        return members == size.reviewerCount && chairs == 2
    }

    /// An invitation that was made by an attempt that got no answer.
    private func sentInvitation(
        to address: EmailAddress, by chair: Visitor
    ) async -> InvitationID? {
        let sent: [InvitationView]? = await chair.all("/api/invitation/sent", isPost: true)
        return sent?.first { $0.email == address }?.id
    }

    /// Accepts the invitation, once there is one.
    func accept(_ visitor: Visitor, as role: CommitteeRole) async -> Bool {
        while !programme.isEverybodyInvited {
            if programme.isAbandoned || Task.isCancelled { return false }
            await rest(visitor, atMost: .milliseconds(600))
        }
        guard let invitation = programme.invitation(of: identity(of: visitor.name))
        else { return false }
        let told = await settled(visitor) {
            await town.history.record(.accept(invitation, role: role), by: visitor.name) {
                await visitor.answer(invitation, accept: true)
            }
        }
        return told.value != nil || told.code == "alreadyAnswered"
    }

    /// Moves the conference, and lets everybody go on.
    private func advance(
        _ chair: Visitor, to state: ConferenceState, then phase: Programme.Phase
    ) async {
        guard let conference, !programme.isAbandoned else { return }
        let told = await settled(chair) {
            await town.history.record(.move(conference, to: state), by: chair.name) {
                await chair.move(conference, to: state)
            }
        }
        // Of a move without an answer and its repetition, the second finds it done.
        guard told.value != nil || told.code == "wrongState" else {
            return programme.fail("the conference was not moved to \(state): \(told)")
        }
        programme.begin(phase)
    }

    private func assign(_ chair: Visitor) async {
        guard let conference, !programme.isAbandoned else { return }
        let told = await settled(chair) {
            await town.history.record(.assignAll(conference), by: chair.name) {
                await chair.assignReviewers(in: conference)
            }
        }
        // Conflicts may leave too few; then a human finds others.
        if told.code == "tooFewReviewers" || told.code == "tooLittleCapacity" {
            programme.abandon()
        }
        programme.finish(.assigning, chair.name)
    }

    /// Decides what is undecided, or changes a mind.
    private func decideAll(_ chair: Visitor) async {
        guard let conference, !programme.isAbandoned,
            let processes = await settledList(chair, conference)
        else { return programme.finish(.deciding, chair.name) }
        for process in processes
        where process.decision == nil || chance(chair, permille: 200) {
            let version = process.decision?.version ?? 0
            let decision: Decision = chance(chair, permille: 500) ? .accept : .reject
            _ = await settled(chair) {
                await town.history.record(
                    .decide(process.draftId, from: version, decision), by: chair.name
                ) {
                    await chair.decide(decision, about: process.draftId, from: version)
                } seen: {
                    .decision($0)
                }
            }
        }
        programme.finish(.deciding, chair.name)
    }

    func settledList(
        _ chair: Visitor, _ conference: ConferenceID
    ) async -> [ReviewProcessView]? {
        for _ in 0..<Self.roundCountMaximum {
            if let found = await chair.reviewProcesses(in: conference) { return found }
            await rest(chair, atMost: .seconds(1))
        }
        return nil
    }

    private func release(_ what: Release.Subject, _ chair: Visitor) async {
        guard let conference, !programme.isAbandoned else { return }
        for _ in 0..<Self.roundCountMaximum {
            let told = await town.history.record(.release(conference, what), by: chair.name) {
                await chair.release(what, of: conference)
            }
            // The answer of an attempt before may have been lost.
            if told.value != nil || told.code == "released" { return }
            if told.code == "undecided" { await decideAll(chair) }
            await rest(chair, atMost: .seconds(1))
        }
        programme.fail("\(what) were not released")
    }
}
