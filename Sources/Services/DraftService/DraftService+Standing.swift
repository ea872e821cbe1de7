import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DraftService {
    /// What somebody is to a submission, and sees of it.
    struct Standing {
        var conference: ConferenceView
        var relations: Set<Relation>
        var fields: Set<SubmissionField>
    }

    /// What the viewer is to submissions: one question to each authority, however many they are.
    ///
    /// - Parameter asksForReviews: whether it matters who reviews.
    func standings(
        of viewer: Viewer, to submissions: [SubmissionRecord], _ context: CallContext,
        asksForReviews: Bool = true
    ) async throws -> [SubmissionID: Standing] {
        let conferences = try await conferenceStandings(
            Set(submissions.map(\.conference)), of: viewer, context)
        let conflicts = try await conflicted(viewer, submissions)
        var relations: [SubmissionID: Set<Relation>] = [:]
        for submission in submissions {
            guard let conference = conferences[submission.conference] else { continue }
            var own: Set<Relation> = viewer.isAdministrator ? [.siteAdministrator] : []
            if submission.isWritten(by: viewer) { own.insert(.author) }
            if conflicts.contains(submission.id) { own.insert(.conflicted) }
            if conference.isChair { own.insert(.chair) }
            if conference.isMember { own.insert(.committee) }
            relations[submission.id] = own
        }
        if asksForReviews {
            try await addReviewers(of: viewer, to: &relations, context)
        }
        // What was withdrawn is nobody's to bid for.
        for submission in submissions where submission.status == .withdrawn {
            relations[submission.id]?.remove(.committee)
        }
        var standings: [SubmissionID: Standing] = [:]
        for submission in submissions {
            guard let conference = conferences[submission.conference]?.conference,
                let own = relations[submission.id]
            else { continue }
            standings[submission.id] = Standing(
                conference: conference, relations: own,
                fields: policy.fields(relations: own, Self.circumstances(of: conference)))
        }
        return standings
    }

    /// Asks who reviews, but only where it can make a difference.
    private func addReviewers(
        of viewer: Viewer, to relations: inout [SubmissionID: Set<Relation>],
        _ context: CallContext
    ) async throws {
        let open = relations.filter { _, own in
            own.contains(.committee) && own.isDisjoint(with: [.author, .conflicted, .chair])
        }
        guard let account = viewer.account, !open.isEmpty else { return }
        let context = context.causing("assignments", as: Principal(.service(.draft)))
        let assigned = try await client.call(
            GetAssignments(submissions: open.keys.sorted(), account: account), context)
        for standing in assigned.items {
            relations[standing.submission]?.insert(.reviewer)
            if standing.hasReviewed { relations[standing.submission]?.insert(.hasReviewed) }
        }
    }

    private func conflicted(
        _ viewer: Viewer, _ submissions: [SubmissionRecord]
    ) async throws -> Set<SubmissionID> {
        guard let account = viewer.account, !submissions.isEmpty else { return [] }
        let ids = submissions.flatMap { submission in
            [true, false].map {
                ConflictRecord.id(submission.id, account, isFromAuthors: $0)
            }
        }
        let found = try await effects.store.read(ids, in: ConflictRecord.collection)
        return Set(found.values.map(\.value.submission))
    }

    /// What holds in a conference, as far as submissions go: reviews are not among them.
    private static func circumstances(
        of conference: ConferenceView
    ) -> VisibilityPolicy.Circumstances {
        let isReleased =
            switch conference.status {
            case .released, .cameraReady, .archived: true
            default: false
            }
        return .init(
            windows: conference.status.openWindows, stage: isReleased ? .decisions : .nothing,
            anonymity: conference.settings.anonymity)
    }

    /// Conferences and what somebody is to them, asked of their authority: what it says is as old
    /// as this call at most. Those that do not exist are missing.
    func conferenceStandings(
        _ ids: Set<ConferenceID>, of viewer: Viewer, _ context: CallContext
    ) async throws -> [ConferenceID: ConferenceStanding] {
        guard !ids.isEmpty else { return [:] }
        let context = context.causing("conference", as: Principal(.service(.draft)))
        let found = try await client.call(
            GetConferenceStandings(conferences: ids.sorted(), account: viewer.account), context)
        return Dictionary(uniqueKeysWithValues: found.items.map { ($0.conference.id, $0) })
    }

    /// One conference and what somebody is to it.
    func conferenceStanding(
        _ id: ConferenceID, of viewer: Viewer, _ context: CallContext
    ) async throws -> ConferenceStanding {
        guard let found = try await conferenceStandings([id], of: viewer, context)[id] else {
            throw Refusal(DraftRefusal.noSuchConference)
        }
        return found
    }
}
