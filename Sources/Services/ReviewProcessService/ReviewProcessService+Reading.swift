import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension ReviewProcessService {
    /// Review processes in one page of a list.
    static let pageCountMaximum = 50

    func reviewProcess(
        _ message: GetReviewProcess, _ context: CallContext
    ) async throws -> ReviewProcessView {
        let found = try await readable(message.submission, context)
        return try await views(of: [found])[0]
    }

    func list(
        _ message: ListReviewProcesses, _ context: CallContext
    ) async throws -> ListPage<ReviewProcessView> {
        let account = try Self.asker(context)
        let limit = min(max(message.limit, 1), Self.pageCountMaximum)
        let (index, prefix): (String, IndexKey)
        if let conference = message.conference {
            _ = try await chaired(conference, context)
            (index, prefix) = ("conference", [.text(conference.text)])
        } else {
            (index, prefix) = ("reviewer", [.text(account.text)])
        }
        return try await visible(
            index, prefix, after: message.after?.place, limit: limit, context)
    }

    /// What the asker sees of an index of dossiers.
    private func visible(
        _ index: String, _ prefix: IndexKey, after: PageCursor?, limit: Int,
        _ context: CallContext
    ) async throws -> ListPage<ReviewProcessView> {
        let viewer = Viewer(context.principal)
        let page = try await VisiblePage(limit: limit, after: after) { place in
            try await store.page(
                index, in: DossierRecord.collection, prefix: prefix, after: place,
                limit: Self.pageCountMaximum)
        } see: { rows in
            let ids = rows.map(\.value.submission)
            let cases = try await cases(ids, of: viewer, context)
                .filter { $0.fields.contains(.existence) }
            let byID = Dictionary(
                uniqueKeysWithValues: cases.map { ($0.standing.submission, $0) })
            return ids.compactMap { byID[$0] }
        } place: { found in
            let place: [IndexKey.Part] = [
                .text(found.standing.conference.id.text), .integer(Int64(found.standing.number)),
            ]
            let key = IndexKey(index == "reviewer" ? prefix.parts + place : place)
            return PageCursor(keyBytes: key.bytes, id: found.standing.submission.text)
        }
        return ListPage(items: try await views(of: page.items), next: page.next)
    }

    /// Submissions as their viewers see them, with one read of all texts.
    func views(of cases: [ReviewCase]) async throws -> [ReviewProcessView] {
        let texts = try await texts(cases.flatMap { $0.visibleTexts.values.sorted() })
        return cases.map { $0.view(texts) }
    }

    private func texts(_ ids: [String]) async throws -> [String: ReviewText] {
        var texts: [String: ReviewText] = [:]
        var rest = ids[...]
        while !rest.isEmpty {
            let batch = rest.prefix(StoreLimits.batchCountMaximum)
            rest = rest.dropFirst(batch.count)
            for (id, text) in try await store.read(Array(batch), in: ReviewText.collection) {
                texts[id] = text.value
            }
        }
        return texts
    }

    func assignments(
        _ message: GetAssignments, _ context: CallContext
    ) async throws -> Listed<ReviewerStanding> {
        try Self.requireService(context)
        let ids = message.submissions.prefix(ListCursor.limitRange.upperBound).map(\.text)
        let dossiers = try await store.read(ids, in: DossierRecord.collection)
        let own = dossiers.values.map(\.value).sorted { $0.submission < $1.submission }
            .compactMap { dossier in
                dossier.conflicts.contains(message.account)
                    ? nil : dossier.assignment(of: message.account).map { (dossier, $0) }
            }
        let reviews = try await store.read(
            own.map(\.1.review.text), in: ReviewRecord.collection)
        return Listed(
            items: own.map { dossier, assignment in
                let review = reviews[assignment.review.text]?.value
                return ReviewerStanding(
                    submission: dossier.submission,
                    hasReviewed: review.map { !$0.confirmed.isEmpty } ?? false)
            })
    }

    func listAssigned(
        _ message: ListAssigned, _ context: CallContext
    ) async throws -> ListPage<SubmissionID> {
        try Self.requireService(context)
        let page = try await store.page(
            "reviewer", in: DossierRecord.collection,
            prefix: [.text(message.account.text), .text(message.conference.text)],
            after: message.after?.place,
            limit: min(max(message.limit, 1), ListCursor.limitRange.upperBound))
        return ListPage(
            items: page.items.map(\.value.submission), next: page.next.map { ListCursor($0) })
    }

    func standing(
        _ message: GetReviewStanding, _ context: CallContext
    ) async throws -> ReviewStanding {
        try Self.requireService(context)
        guard
            var found = try await cases([message.submission], of: message.viewer, context).first
        else { throw Refusal(ReviewProcessRefusal.noSuchSubmission) }
        found.standing.relations = found.relations.sorted { $0.rawValue < $1.rawValue }
        return ReviewStanding(
            standing: found.standing, stage: found.stage,
            reviewers: found.dossier?.value.assignments.map(\.account) ?? [],
            conflicted: found.dossier?.value.conflicts ?? [])
    }
}
