import Assignment
import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension ReviewProcessService {
    /// Reviewers of one submission, however they were assigned.
    static let reviewerCountMaximum = 20

    func assignAll(
        _ message: AssignReviewers, _ context: CallContext
    ) async throws -> AssignmentSummary {
        _ = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            let conference = try await chaired(message.confId, context)
            try Self.require(.assignment, in: conference)
            let loads = try await store.read(conference.id.text, in: LoadRecord.collection)
            let round = try await AssignmentRound(conference, service: self, context)
            let plan = try await solve(round)
            let outcome = round.outcome(of: plan, random: client.platform.random)
            for change in outcome.changes {
                try transaction.put(
                    change.dossier, id: change.dossier.submission.text, over: change.read,
                    in: DossierRecord.collection)
            }
            try transaction.put(
                LoadRecord(loads: outcome.loads), id: conference.id.text, over: loads,
                in: LoadRecord.collection)
            for member in round.members {
                guard let count = outcome.news[member.account] else { continue }
                try transaction.announce(
                    Self.news(count, for: member.account, conference), to: Self.notifications)
            }
            return AssignmentSummary(
                confId: conference.id, submissions: round.submissions.count,
                assignments: outcome.loads.values.reduce(0, +),
                greatestLoad: outcome.loads.values.max() ?? 0, totalBid: plan.totalValue)
        }
    }

    private func solve(_ round: AssignmentRound) async throws -> AssignmentPlan {
        let problem: AssignmentProblem
        do {
            problem = try round.problem()
        } catch {
            // The bounds of a round are far below the solver's.
            preconditionFailure("a round makes a problem that can be asked: \(error)")
        }
        do {
            return try await client.platform.offload.run("assignment") { try problem.solve() }
        } catch let obstacle as AssignmentObstacle {
            throw round.refusal(for: obstacle)
        }
    }

    func assignOne(
        _ message: AssignReviewer, _ context: CallContext
    ) async throws -> ReviewProcessView {
        _ = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            var found = try await readable(message.draftId, context)
            guard found.fields.contains(.assignments) else {
                throw Refusal(ReviewProcessRefusal.forbidden)
            }
            let conference = found.standing.conference
            try Self.requireOpen(found, for: .assignment)
            var dossier =
                found.dossier?.value
                ?? DossierRecord(
                    submission: message.draftId, conference: conference.id,
                    number: found.standing.number)
            try await requireEligible(message.account, dossier, found, context)
            let read = try await store.read(conference.id.text, in: LoadRecord.collection)
            var loads = read?.value ?? LoadRecord(loads: [:])
            guard loads.loads[message.account.text] ?? 0 < conference.settings.loadMaximum else {
                throw Refusal(
                    ReviewProcessRefusal.loadReached,
                    ["most": "\(conference.settings.loadMaximum)"])
            }
            loads.add(1, to: message.account)
            dossier.assignments.append(
                .init(
                    account: message.account,
                    review: ReviewID(client.platform.random, for: "review id")))
            try transaction.put(
                dossier, id: message.draftId.text, over: found.dossier,
                in: DossierRecord.collection)
            try transaction.put(
                loads, id: conference.id.text, over: read, in: LoadRecord.collection)
            try transaction.announce(
                Self.news(1, for: message.account, conference), to: Self.notifications)
            found.dossier = Versioned(
                id: message.draftId.text, version: (found.dossier?.version ?? 0) + 1,
                value: dossier)
            return try await views(of: [found])[0]
        }
    }

    private func requireEligible(
        _ account: AccountID, _ dossier: DossierRecord, _ found: ReviewCase,
        _ context: CallContext
    ) async throws {
        guard dossier.assignment(of: account) == nil else {
            throw Refusal(ReviewProcessRefusal.alreadyAssigned)
        }
        guard dossier.assignments.count < Self.reviewerCountMaximum else {
            throw Refusal(
                ReviewProcessRefusal.enoughReviewers, ["most": "\(Self.reviewerCountMaximum)"])
        }
        // The member's own standing: asked with the addresses that the committee knows.
        let round = AssignmentRound.Roster(service: self, context)
        let members = try await round.members(of: found.standing.conference.id)
        guard let member = members.first(where: { $0.account == account }) else {
            throw Refusal(ReviewProcessRefusal.notEligible)
        }
        let viewer = Viewer(account: account, addresses: member.addresses ?? [])
        let cases = try await cases([found.standing.submission], of: viewer, context)
        guard let own = cases.first,
            own.relations.isDisjoint(with: [.author, .conflicted])
        else { throw Refusal(ReviewProcessRefusal.notEligible) }
    }

    func decline(_ message: DeclineAssignment, _ context: CallContext) async throws -> Done {
        _ = try Self.asker(context)
        guard TextRule.reason.accepts(message.reason ?? "") else {
            throw Refusal(ReviewProcessRefusal.invalidField, ["field": TextRule.reason.name])
        }
        return try await effects.perform(message, context) { transaction in
            let found = try await readable(message.draftId, context)
            guard let read = found.dossier, let assignment = found.assignment,
                found.relations.contains(.reviewer)
            else { throw Refusal(ReviewProcessRefusal.notAssigned) }
            try Self.requireOpen(found, for: .assignment)
            var dossier = read.value
            try await end(assignment, in: &dossier, &transaction)
            try transaction.replace(read, with: dossier, in: DossierRecord.collection)
            let event = NotificationEvent(
                .assignmentDeclined, confId: dossier.conference,
                shortenForm: found.standing.conference.shortenForm)
            // Which submission it was, a chair sees who may.
            for chair in found.standing.conference.chairman {
                try transaction.announce(
                    Notify(recipient: .account(chair), event: event), to: Self.notifications)
            }
            return Done()
        }
    }

    private static func news(
        _ count: Int, for account: AccountID, _ conference: ConferenceView
    ) -> Notify {
        let event = NotificationEvent(
            .assigned, confId: conference.id, shortenForm: conference.shortenForm,
            parameters: ["count": "\(count)"])
        return Notify(recipient: .account(account), event: event)
    }
}
