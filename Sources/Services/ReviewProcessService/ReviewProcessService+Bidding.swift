import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension ReviewProcessService {
    func bid(_ message: PlaceBid, _ context: CallContext) async throws -> BidView {
        let account = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            let found = try await readable(message.draftId, context)
            guard found.relations.contains(.committee),
                found.relations.isDisjoint(with: [.author, .conflicted])
            else { throw Refusal(ReviewProcessRefusal.forbidden) }
            try Self.requireOpen(found, for: .bidding)
            let id = BidRecord.id(message.draftId, account)
            let read = try await store.read(id, in: BidRecord.collection)
            let bid = BidRecord(
                submission: message.draftId, conference: found.standing.conference.id,
                number: found.standing.number, account: account, bid: message.bid)
            try transaction.put(bid, id: id, over: read, in: BidRecord.collection)
            return BidView(draftId: message.draftId, bid: message.bid)
        }
    }

    func listBids(_ message: ListBids, _ context: CallContext) async throws -> ListPage<BidView> {
        let account = try Self.asker(context)
        let limit = min(max(message.limit, 1), ListCursor.limitRange.upperBound)
        let page = try await VisiblePage(limit: limit, after: message.after?.place) { place in
            try await store.page(
                "account", in: BidRecord.collection,
                prefix: [.text(account.text), .text(message.conference.text)], after: place,
                limit: ListCursor.limitRange.upperBound)
        } see: { rows in
            try await known(rows.map(\.value), context)
        } place: {
            $0.placeOfAccount
        }
        return ListPage(
            items: page.items.map { BidView(draftId: $0.submission, bid: $0.bid) },
            next: page.next)
    }

    /// A bid for a paper that one became conflicted with would still tell of it.
    private func known(_ bids: [BidRecord], _ context: CallContext) async throws -> [BidRecord] {
        let cases = try await cases(
            bids.map(\.submission), of: Viewer(context.principal), context)
        let known = Set(
            cases.filter { $0.relations.isDisjoint(with: [.author, .conflicted]) }
                .map(\.standing.submission))
        return bids.filter { known.contains($0.submission) }
    }

    /// Ends all that a conflicted person had to do with a submission, in one commit.
    func fence(_ message: FenceConflict, _ context: CallContext) async throws -> Done {
        guard context.principal.actor == .service(.draft) else {
            throw Refusal(ReviewProcessRefusal.forbidden)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await store.read(
                message.submission.text, in: DossierRecord.collection)
            var dossier =
                read?.value
                ?? DossierRecord(
                    submission: message.submission, conference: message.conference,
                    number: message.number)
            guard !dossier.conflicts.contains(message.account) else { return Done() }
            dossier.conflicts.append(message.account)
            let release = try await releaseRecord(of: message.conference)
            require(release, of: message.conference, in: &transaction)
            // What authors were told when all was decided stays as it was told.
            if let assignment = dossier.assignment(of: message.account),
                release?.value.stage ?? .nothing < .decisions
            {
                try await end(assignment, in: &dossier, &transaction)
            }
            try transaction.put(
                dossier, id: message.submission.text, over: read, in: DossierRecord.collection)
            return Done()
        }
    }

    /// Ends an assignment; what was written under it is kept.
    func end(
        _ assignment: DossierRecord.Assignment, in dossier: inout DossierRecord,
        _ transaction: inout Transaction
    ) async throws {
        dossier.assignments.removeAll { $0.account == assignment.account }
        if assignment.isBegun { dossier.quarantined.append(assignment.review) }
        let read = try await store.read(dossier.conference.text, in: LoadRecord.collection)
        guard let read else { return }
        var loads = read.value
        loads.add(-1, to: assignment.account)
        try transaction.replace(read, with: loads, in: LoadRecord.collection)
    }
}
