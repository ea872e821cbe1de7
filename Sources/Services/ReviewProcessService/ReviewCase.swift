import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

/// All that is known about one submission and one viewer at one moment.
struct ReviewCase {
    var standing: SubmissionStanding
    var viewer: Viewer
    var relations: Set<Relation>
    var fields: Set<SubmissionField>
    var release: Versioned<ReleaseRecord>?
    var dossier: Versioned<DossierRecord>?
    /// In the order of their ids, which say nothing about their writers.
    var reviews: [ReviewID: Versioned<ReviewRecord>]
    var rebuttal: Versioned<RebuttalRecord>?
    var decision: Versioned<DecisionRecord>?

    var stage: ReleaseStage { release?.value.stage ?? .nothing }

    /// The viewer's own assignment.
    var assignment: DossierRecord.Assignment? {
        viewer.account.flatMap { dossier?.value.assignment(of: $0) }
    }
}

extension ReviewProcessService {
    /// One submission, if the viewer may know of it.
    func readable(
        _ submission: SubmissionID, _ context: CallContext
    ) async throws -> ReviewCase {
        _ = try Self.asker(context)
        let cases = try await cases([submission], of: Viewer(context.principal), context)
        guard let found = cases.first, found.fields.contains(.existence) else {
            throw Refusal(ReviewProcessRefusal.noSuchSubmission)
        }
        return found
    }

    /// Submissions and what the viewer is to them: one question to the DraftService and one read
    /// of each collection, however many they are. Those that do not exist are missing.
    func cases(
        _ submissions: [SubmissionID], of viewer: Viewer, _ context: CallContext
    ) async throws -> [ReviewCase] {
        guard !submissions.isEmpty else { return [] }
        let call = context.causing("standings", as: Principal(.service(.reviewProcess)))
        let standings = try await client.call(
            GetSubmissionStandings(submissions: submissions, viewer: viewer), call
        ).items
        let ids = standings.map(\.submission.text)
        let dossiers = try await store.read(ids, in: DossierRecord.collection)
        let releases = try await store.read(
            Set(standings.map(\.conference.id.text)).sorted(), in: ReleaseRecord.collection)
        let rebuttals = try await store.read(ids, in: RebuttalRecord.collection)
        let decisions = try await store.read(ids, in: DecisionRecord.collection)
        let reviews = try await reviews(of: dossiers.values.map(\.value))
        return standings.map { standing in
            let id = standing.submission.text
            let own = reviews.filter { $0.value.value.submission == standing.submission }
            let relations = relations(
                of: viewer, standing, dossiers[id]?.value, own.values.map(\.value))
            let release = releases[standing.conference.id.text]
            return ReviewCase(
                standing: standing, viewer: viewer, relations: relations,
                fields: policy.fields(
                    relations: relations,
                    standing.circumstances(release?.value.stage ?? .nothing)),
                release: release, dossier: dossiers[id], reviews: own,
                rebuttal: rebuttals[id], decision: decisions[id])
        }
    }

    private func reviews(
        of dossiers: [DossierRecord]
    ) async throws -> [ReviewID: Versioned<ReviewRecord>] {
        let ids = dossiers.flatMap { $0.assignments.map(\.review) + $0.quarantined }
            .map(\.text).sorted()
        var found: [ReviewID: Versioned<ReviewRecord>] = [:]
        var rest = ids[...]
        while !rest.isEmpty {
            let batch = rest.prefix(StoreLimits.batchCountMaximum)
            rest = rest.dropFirst(batch.count)
            for (_, review) in try await store.read(Array(batch), in: ReviewRecord.collection) {
                found[review.value.id] = review
            }
        }
        return found
    }

    private func relations(
        of viewer: Viewer, _ standing: SubmissionStanding, _ dossier: DossierRecord?,
        _ reviews: [ReviewRecord]
    ) -> Set<Relation> {
        var relations = Set(standing.relations)
        guard let account = viewer.account, let dossier else { return relations }
        if dossier.conflicts.contains(account) { relations.insert(.conflicted) }
        if let assignment = dossier.assignment(of: account) {
            relations.insert(.reviewer)
            // What was written under an assignment that ended does not count.
            if reviews.contains(where: { $0.id == assignment.review && !$0.confirmed.isEmpty }) {
                relations.insert(.hasReviewed)
            }
        }
        return relations
    }
}
