import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension ReviewProcessService {
    func writeReview(_ message: WriteReview, _ context: CallContext) async throws -> ReviewView {
        _ = try Self.asker(context)
        try Self.check(message)
        return try await effects.perform(message, context) { transaction in
            let found = try await readable(message.draftId, context)
            guard let dossier = found.dossier, let assignment = found.assignment,
                found.relations.isDisjoint(with: [.author, .conflicted])
            else { throw Refusal(ReviewProcessRefusal.notAssigned) }
            try Self.requireOpen(found, for: .review)
            let read = found.reviews[assignment.review]
            guard read?.version ?? 0 == message.version else {
                throw Refusal(
                    ReviewProcessRefusal.versionConflict, ["version": "\(read?.version ?? 0)"])
            }
            var review =
                read?.value
                ?? ReviewRecord(
                    id: assignment.review, submission: message.draftId,
                    conference: found.standing.conference.id, reviewer: assignment.account)
            let text = ReviewText(
                score: message.score, confidence: message.confidence,
                comment: message.comment, remarks: message.remarks ?? "")
            if message.confirm {
                try await requireDiscussed(text, review, found, context)
                try confirm(text, in: &review, stage: found.stage, &transaction)
            } else {
                review.draft = text
            }
            try transaction.put(
                review, id: review.id.text, over: read, in: ReviewRecord.collection)
            // The assignment still stands and nothing is released when this is committed.
            try hold(assignment, of: dossier, in: &transaction)
            require(found.release, of: review.conference, in: &transaction)
            return Self.own(review, text, version: message.version + 1)
        }
    }

    /// Makes the commit depend on the assignment, and the assignment stay once something is
    /// written.
    private func hold(
        _ assignment: DossierRecord.Assignment, of read: Versioned<DossierRecord>,
        in transaction: inout Transaction
    ) throws {
        guard !assignment.isBegun else {
            return transaction.verify(read, in: DossierRecord.collection)
        }
        var dossier = read.value
        for index in dossier.assignments.indices
        where dossier.assignments[index].review == assignment.review {
            dossier.assignments[index].isBegun = true
        }
        try transaction.replace(read, with: dossier, in: DossierRecord.collection)
    }

    private func confirm(
        _ text: ReviewText, in review: inout ReviewRecord, stage: ReleaseStage,
        _ transaction: inout Transaction
    ) throws {
        guard review.confirmed.count < ReviewRecord.textCountMaximum else {
            throw Refusal(ReviewProcessRefusal.invalidField, ["field": "confirm"])
        }
        let mark = ReviewRecord.Mark(number: review.confirmed.count + 1, stage: stage)
        review.confirmed.append(mark)
        review.draft = nil
        try transaction.insert(text, id: review.textID(mark), in: ReviewText.collection)
    }

    /// A reviewer takes part in the discussion before changing a score.
    private func requireDiscussed(
        _ text: ReviewText, _ review: ReviewRecord, _ found: ReviewCase, _ context: CallContext
    ) async throws {
        guard found.standing.conference.status.openWindows.contains(.discussion),
            let last = review.confirmed.last,
            let before = try await store.read(review.textID(last), in: ReviewText.collection),
            before.value.score != text.score
        else { return }
        let call = context.causing("participation", as: Principal(.service(.reviewProcess)))
        let participation = try await client.call(
            GetParticipation(draftId: review.submission, account: review.reviewer), call)
        guard participation.hasTakenPart else {
            throw Refusal(ReviewProcessRefusal.discussFirst)
        }
    }

    private static func own(
        _ review: ReviewRecord, _ text: ReviewText, version: Int64
    ) -> ReviewView {
        var view = ReviewView(
            id: review.id, draftId: review.submission, status: review.status)
        (view.score, view.confidence) = (text.score, text.confidence)
        (view.comment, view.remarks) = (text.comment, text.remarks)
        (view.pcMemberId, view.version) = (review.reviewer, version)
        view.isUnconfirmed = review.draft != nil
        return view
    }

    func writeRebuttal(
        _ message: WriteRebuttal, _ context: CallContext
    ) async throws -> RebuttalView {
        _ = try Self.asker(context)
        guard TextRule.rebuttal.accepts(message.rebuttal) else {
            throw Refusal(ReviewProcessRefusal.invalidField, ["field": TextRule.rebuttal.name])
        }
        return try await effects.perform(message, context) { transaction in
            let found = try await readable(message.draftId, context)
            guard found.relations.contains(.author) else {
                throw Refusal(ReviewProcessRefusal.forbidden)
            }
            try Self.requireOpen(found, for: .rebuttal)
            // What was not released cannot be answered.
            guard found.stage >= .reviews else {
                throw Refusal(
                    ReviewProcessRefusal.windowClosed,
                    ["state": found.standing.conference.status.rawValue])
            }
            guard found.rebuttal?.version ?? 0 == message.version else {
                throw Refusal(
                    ReviewProcessRefusal.versionConflict,
                    ["version": "\(found.rebuttal?.version ?? 0)"])
            }
            try transaction.put(
                RebuttalRecord(submission: message.draftId, text: message.rebuttal),
                id: message.draftId.text, over: found.rebuttal, in: RebuttalRecord.collection)
            require(found.release, of: found.standing.conference.id, in: &transaction)
            return RebuttalView(
                draftId: message.draftId, rebuttal: message.rebuttal,
                version: message.version + 1)
        }
    }

    /// Refuses what is too late for one of several reasons.
    static func requireOpen(_ found: ReviewCase, for window: Window) throws {
        guard found.standing.status == .submitted else {
            throw Refusal(ReviewProcessRefusal.withdrawn)
        }
        guard found.stage < .decisions else { throw Refusal(ReviewProcessRefusal.released) }
        try require(window, in: found.standing.conference)
    }

    private static func check(_ message: WriteReview) throws {
        let isEmptyDraft = !message.confirm && message.comment.isEmpty
        let broken: String? =
            if !isEmptyDraft, !TextRule.review.accepts(message.comment) {
                TextRule.review.name
            } else if !TextRule.remarks.accepts(message.remarks ?? "") {
                TextRule.remarks.name
            } else if message.confirm, message.score == nil {
                "score"
            } else if message.confirm, message.confidence == nil {
                "confidence"
            } else {
                nil
            }
        if let broken {
            throw Refusal(ReviewProcessRefusal.invalidField, ["field": broken])
        }
    }
}
