import PeerReview
import Platform
import Ports
import StarchairAPI

extension ReviewCase {
    /// What the viewer sees of the submission's review process.
    func view(_ texts: [String: ReviewText]) -> ReviewProcessView {
        var view = ReviewProcessView(
            draftId: standing.submission, confId: standing.conference.id,
            number: standing.number)
        if fields.contains(.title) { view.title = standing.title }
        view.isAssigned = relations.contains(.reviewer) && assignment != nil
        view.reviews = shownReviews.map { self.view(of: $0, texts) }
        if fields.contains(.assignments) {
            view.pcMembers = (dossier?.value.assignments ?? []).map(\.account)
            switch stage {
            case .nothing: break
            case .reviews: view.released = .reviews
            case .decisions: view.released = .decisions
            }
        }
        if fields.contains(.rebuttal), let rebuttal {
            view.rebuttal = RebuttalView(
                draftId: standing.submission, rebuttal: rebuttal.value.text,
                version: rebuttal.version)
        }
        if fields.contains(.decision), let decision {
            view.decision = DecisionView(
                draftId: standing.submission, decision: decision.value.decision,
                version: decision.version)
        }
        return view
    }

    /// A review that stands in the dossier, written or not.
    private struct Shown {
        var id: ReviewID
        var reviewer: AccountID?
        var isOwn: Bool
        var isQuarantined: Bool
    }

    /// The reviews of which the viewer may know, in the order of their ids.
    private var shownReviews: [Shown] {
        guard let dossier = dossier?.value else { return [] }
        let all =
            dossier.assignments.map { entry in
                Shown(
                    id: entry.review, reviewer: entry.account,
                    isOwn: entry.account == viewer.account, isQuarantined: false)
            }
            + dossier.quarantined.map { id in
                Shown(
                    id: id, reviewer: reviews[id]?.value.reviewer, isOwn: false,
                    isQuarantined: true)
            }
        return all.filter { shown in
            // Chairs see what is missing; others see what is there and counts.
            if fields.contains(.assignments) { return true }
            if shown.isQuarantined { return false }
            return shown.isOwn && relations.contains(.reviewer) || visibleTexts[shown.id] != nil
        }.sorted { $0.id < $1.id }
    }

    /// For each review the document of the text that the viewer may read.
    var visibleTexts: [ReviewID: String] {
        guard let dossier = dossier?.value else { return [:] }
        var texts: [ReviewID: String] = [:]
        for (id, review) in reviews {
            let isOwn = id == assignment?.review && relations.contains(.reviewer)
            let isQuarantined = dossier.quarantined.contains(id)
            guard isOwn || fields.contains(.review),
                !isQuarantined || fields.contains(.assignments),
                let mark = visibleMark(of: review.value)
            else { continue }
            texts[id] = review.value.textID(mark)
        }
        return texts
    }

    /// Authors see what was confirmed before the last release, others what was confirmed last.
    private func visibleMark(of review: ReviewRecord) -> ReviewRecord.Mark? {
        relations.contains(.author)
            ? review.confirmed.last { $0.stage < stage } : review.confirmed.last
    }

    private func view(of shown: Shown, _ texts: [String: ReviewText]) -> ReviewView {
        let record = reviews[shown.id]
        var status = record?.value.status ?? .assigned
        if shown.isQuarantined { status = .quarantined }
        // To whom it is shown for its text, it is confirmed.
        var view = ReviewView(
            id: shown.id, draftId: standing.submission,
            status: shown.isOwn || fields.contains(.assignments) ? status : .confirmed)
        let text = visibleTexts[shown.id].flatMap { texts[$0] }
        if shown.isOwn {
            view.version = record?.version ?? 0
            view.isUnconfirmed = record?.value.draft != nil
            fill(&view, with: record?.value.draft ?? text, remarks: true)
        } else {
            fill(&view, with: text, remarks: fields.contains(.remarks))
        }
        if shown.isOwn || fields.contains(.reviewerIdentity) {
            view.pcMemberId = shown.reviewer
        }
        return view
    }

    private func fill(_ view: inout ReviewView, with text: ReviewText?, remarks: Bool) {
        guard let text else { return }
        (view.score, view.confidence, view.comment) = (text.score, text.confidence, text.comment)
        if remarks { view.remarks = text.remarks }
    }
}
