import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DraftService {
    /// People declared to be conflicted with one submission.
    static let conflictCountMaximum = 200
    /// Those of them whom the authors may name: others must still find room.
    static let conflictCountFromAuthorsMaximum = 100

    /// Records a conflict, then ends that person's part in the review of the submission; only then
    /// is it acknowledged. Should this node end in between, the outbox does the rest.
    func declareConflict(
        _ message: DeclareConflict, _ context: CallContext
    ) async throws -> ConflictView {
        let asker = try Self.account(of: context)
        let reason = message.reason ?? ""
        guard TextRule.reason.accepts(reason) else {
            throw Refusal(DraftRefusal.invalidField, ["field": TextRule.reason.name])
        }
        let account = message.account ?? asker
        let view = try await effects.perform(message, context) { transaction in
            let (read, isAuthor) = try await declarable(message, by: asker, context)
            let id = ConflictRecord.id(read.value.id, account, isFromAuthors: isAuthor)
            if let known = try await effects.store.read(id, in: ConflictRecord.collection) {
                // Who is conflicted learns nothing of what others said about it.
                guard account == asker else { return known.value.view }
                return ConflictView(
                    draftId: read.value.id, account: account, kind: message.kind,
                    reason: reason)
            }
            try await list(
                account, asConflictedWith: read.value.id, isFromAuthors: isAuthor, &transaction)
            let record = ConflictRecord(
                submission: read.value.id, account: account, kind: message.kind,
                reason: reason, isFromAuthors: isAuthor, declared: transaction.now)
            try transaction.insert(record, id: id, in: ConflictRecord.collection)
            try transaction.announce(
                Self.fence(read.value, account), to: Self.fences)
            return record.view
        }
        try await fenceNow(message.draftId, account, context)
        return view
    }

    private func list(
        _ account: AccountID, asConflictedWith submission: SubmissionID, isFromAuthors: Bool,
        _ transaction: inout Transaction
    ) async throws {
        let read = try await effects.store.read(
            submission.text, in: ConflictListRecord.collection)
        var list = read?.value ?? ConflictListRecord(accounts: [], countFromAuthors: 0)
        guard !list.accounts.contains(account) else { return }
        list.accounts.append(account)
        if isFromAuthors { list.countFromAuthors += 1 }
        guard list.accounts.count <= Self.conflictCountMaximum,
            list.countFromAuthors <= Self.conflictCountFromAuthorsMaximum
        else { throw Refusal(DraftRefusal.tooManyConflicts) }
        try transaction.put(
            list, id: submission.text, over: read, in: ConflictListRecord.collection)
    }

    /// The submission, if the asker may declare this conflict of it.
    private func declarable(
        _ message: DeclareConflict, by asker: AccountID, _ context: CallContext
    ) async throws -> (Versioned<SubmissionRecord>, isAuthor: Bool) {
        guard
            let read = try await effects.store.read(
                message.draftId.text, in: SubmissionRecord.collection),
            let standing = try await standings(
                of: Viewer(context.principal), to: [read.value], context)[message.draftId]
        else { throw Refusal(DraftRefusal.noSuchSubmission) }
        let isAuthor = standing.relations.contains(.author)
        let isOwn = message.account == nil || message.account == asker
        // Who is conflicted already is told what was told then, and sees nothing of the paper.
        if isOwn, standing.relations.isSuperset(of: [.conflicted, .committee]) {
            return (read, isAuthor)
        }
        guard standing.fields.contains(.existence) else {
            throw Refusal(DraftRefusal.noSuchSubmission)
        }
        guard isOwn || isAuthor || standing.relations.contains(.chair) else {
            throw Refusal(DraftRefusal.forbidden)
        }
        // An author's part in the own submission does not end.
        guard !(isOwn && isAuthor) else { throw Refusal(DraftRefusal.forbidden) }
        // Nobody gets rid of a review by what they say about its writer once it is written.
        if isAuthor { try Self.requireEarly(standing.conference) }
        return (read, isAuthor)
    }

    private static func requireEarly(_ conference: ConferenceView) throws {
        switch conference.status {
        case .approved, .submitting, .bidding: return
        default:
            throw Refusal(DraftRefusal.windowClosed, ["state": conference.status.rawValue])
        }
    }

    private func fenceNow(
        _ submission: SubmissionID, _ account: AccountID, _ context: CallContext
    ) async throws {
        guard
            let record = try await effects.store.read(
                submission.text, in: SubmissionRecord.collection)?.value
        else { return }
        // The same for whoever asks how often: fencing twice is fencing once.
        guard let id = RequestID("\(submission.text)-\(account.text)") else {
            preconditionFailure("two ids make a third")
        }
        let call = CallContext(
            principal: Principal(.service(.draft)), requestID: id, traceID: context.traceID,
            deadline: context.deadline)
        _ = try await client.call(Self.fence(record, account), call)
    }

    private static func fence(
        _ submission: SubmissionRecord, _ account: AccountID
    ) -> FenceConflict {
        FenceConflict(
            submission: submission.id, conference: submission.conference,
            number: submission.number, account: account)
    }

    func listConflicts(
        _ message: ListConflicts, _ context: CallContext
    ) async throws -> Listed<ConflictView> {
        let (read, standing) = try await readable(message.draftId, context)
        let all = try await effects.store.page(
            "submission", in: ConflictRecord.collection, prefix: [.text(read.id)],
            limit: 2 * Self.conflictCountMaximum
        ).items.map(\.value)
        if standing.fields.contains(.conflicts) { return Listed(items: all.map(\.view)) }
        guard standing.relations.contains(.author) else {
            throw Refusal(DraftRefusal.forbidden)
        }
        return Listed(items: all.filter(\.isFromAuthors).map(\.view))
    }

    func submissionStandings(
        _ message: GetSubmissionStandings, _ context: CallContext
    ) async throws -> Listed<SubmissionStanding> {
        try Self.requireService(context)
        let ids = message.submissions.prefix(ListCursor.limitRange.upperBound).map(\.text)
        let read = try await effects.store.read(ids, in: SubmissionRecord.collection)
        let records = read.values.map(\.value).sorted { $0.id < $1.id }
        let standings = try await standings(
            of: message.viewer, to: records, context, asksForReviews: false)
        return Listed(
            items: records.compactMap { record in
                standings[record.id].map { standing in
                    SubmissionStanding(
                        submission: record.id, number: record.number, title: record.title,
                        status: record.status, conference: standing.conference,
                        relations: standing.relations, authors: record.authors.map(\.email))
                }
            })
    }

    func listForAssignment(
        _ message: ListForAssignment, _ context: CallContext
    ) async throws -> ListPage<AssignableSubmission> {
        try Self.requireService(context)
        let page = try await effects.store.page(
            "conference", in: SubmissionRecord.collection,
            prefix: [.text(message.conference.text)], after: message.after?.place,
            limit: min(max(message.limit, 1), ListCursor.limitRange.upperBound))
        let conflicts = try await effects.store.read(
            page.items.map(\.id), in: ConflictListRecord.collection)
        return ListPage(
            items: page.items.map { item in
                AssignableSubmission(
                    submission: item.value.id, number: item.value.number,
                    status: item.value.status, authors: item.value.authors.map(\.email),
                    conflicts: conflicts[item.id]?.value.accounts ?? [])
            },
            next: page.next.map { ListCursor($0) })
    }

    private static func requireService(_ context: CallContext) throws {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(DraftRefusal.forbidden)
        }
    }
}
