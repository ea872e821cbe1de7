import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension ReviewProcessService {
    /// Submissions whose authors are told of a release in one commit: with the most authors that
    /// a submission may have, their notifications still fit.
    static let announcementCount = 4

    func decide(_ message: Decide, _ context: CallContext) async throws -> DecisionView {
        _ = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            let found = try await readable(message.draftId, context)
            guard found.relations.contains(.chair),
                found.relations.isDisjoint(with: [.author, .conflicted])
            else { throw Refusal(ReviewProcessRefusal.forbidden) }
            try Self.requireOpen(found, for: .decision)
            guard found.decision?.version ?? 0 == message.version else {
                throw Refusal(
                    ReviewProcessRefusal.versionConflict,
                    ["version": "\(found.decision?.version ?? 0)"])
            }
            let conference = found.standing.conference.id
            try transaction.put(
                DecisionRecord(
                    submission: message.draftId, conference: conference,
                    decision: message.decision),
                id: message.draftId.text, over: found.decision, in: DecisionRecord.collection)
            require(found.release, of: conference, in: &transaction)
            return DecisionView(
                draftId: message.draftId, decision: message.decision,
                version: message.version + 1)
        }
    }

    /// Releases to all authors at once: what each of them sees follows from this one write.
    func release(_ message: Release, _ context: CallContext) async throws -> ReleaseView {
        _ = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            let conference = try await chaired(message.confId, context)
            let read = try await releaseRecord(of: message.confId)
            let stage = read?.value.stage ?? .nothing
            let next: ReleaseStage = message.what == .reviews ? .reviews : .decisions
            guard stage < next else { throw Refusal(ReviewProcessRefusal.released) }
            switch message.what {
            case .reviews:
                guard conference.status.precedesRelease else {
                    throw Refusal(
                        ReviewProcessRefusal.windowClosed,
                        ["state": conference.status.rawValue])
                }
            case .decisions:
                guard conference.status == .decided else {
                    throw Refusal(
                        ReviewProcessRefusal.windowClosed,
                        ["state": conference.status.rawValue])
                }
                try await requireDecisions(in: message.confId, context)
                try transaction.announce(
                    NoteRelease(conference: message.confId), to: Self.released)
            }
            try transaction.put(
                ReleaseRecord(stage: next), id: message.confId.text, over: read,
                in: ReleaseRecord.collection)
            try transaction.announce(
                AnnounceRelease(conference: message.confId, what: message.what, after: nil),
                to: Self.announcements)
            return ReleaseView(confId: message.confId, what: message.what)
        }
    }

    private func requireDecisions(
        in conference: ConferenceID, _ context: CallContext
    ) async throws {
        var missing = 0
        var place: ListCursor?
        repeat {
            let page = try await submissions(
                of: conference, after: place, limit: ListCursor.limitRange.upperBound, context)
            let judged = page.items.filter { $0.status == .submitted }.map(\.submission.text)
            let decided = try await store.read(judged, in: DecisionRecord.collection)
            missing += judged.count - decided.count
            place = page.next
        } while place != nil
        guard missing == 0 else {
            throw Refusal(ReviewProcessRefusal.undecided, ["count": "\(missing)"])
        }
    }

    /// A page of a conference's submissions, from the DraftService.
    func submissions(
        of conference: ConferenceID, after: ListCursor?, limit: Int, _ context: CallContext
    ) async throws -> ListPage<AssignableSubmission> {
        let call = context.causing("submissions", as: Principal(.service(.reviewProcess)))
        return try await client.call(
            ListForAssignment(conference: conference, after: after, limit: limit), call)
    }

    /// Tells the authors of a few submissions, and sees to it that the next ones are told.
    ///
    /// Nothing is decided any more after a release, so that a letter says what is stored.
    func announceRelease(
        _ message: AnnounceRelease, _ context: CallContext
    ) async throws -> Done {
        guard context.principal.actor == .service(.reviewProcess) else {
            throw Refusal(ReviewProcessRefusal.forbidden)
        }
        return try await effects.perform(message, context) { transaction in
            let page = try await submissions(
                of: message.conference, after: message.after, limit: Self.announcementCount,
                context)
            let judged = page.items.filter { $0.status == .submitted }
            let decisions = try await store.read(
                judged.map(\.submission.text), in: DecisionRecord.collection)
            let shortForm = try await shortForm(of: message.conference, context)
            for submission in judged {
                let decision = decisions[submission.submission.text]?.value.decision
                let event = Self.event(
                    message, submission, decision: decision, shortForm: shortForm)
                for address in submission.authors {
                    try transaction.announce(
                        Notify(recipient: .address(address), event: event),
                        to: Self.notifications)
                }
            }
            if let next = page.next {
                try transaction.announce(
                    AnnounceRelease(
                        conference: message.conference, what: message.what, after: next),
                    to: Self.announcements)
            }
            return Done()
        }
    }

    private static func event(
        _ message: AnnounceRelease, _ submission: AssignableSubmission, decision: Decision?,
        shortForm: String
    ) -> NotificationEvent {
        let parameters =
            message.what == .decisions
            ? decision.map { ["decision": $0.rawValue] } : nil
        return NotificationEvent(
            message.what == .reviews ? .reviewsReleased : .decisionReleased,
            confId: message.conference, shortenForm: shortForm,
            draftId: submission.submission, number: submission.number,
            parameters: parameters ?? [:])
    }

    func shortForm(of conference: ConferenceID, _ context: CallContext) async throws -> String {
        let call = context.causing("conference", as: Principal(.service(.reviewProcess)))
        let found = try await client.call(
            GetConferenceStandings(conferences: [conference], account: nil), call)
        return found.items.first?.conference.shortenForm ?? ""
    }
}
