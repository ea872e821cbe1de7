import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DraftService {
    func list(
        _ message: ListDrafts, _ context: CallContext
    ) async throws -> ListPage<SubmissionView> {
        _ = try Self.account(of: context)
        let viewer = Viewer(context.principal)
        let limit = min(max(message.limit, 1), ListCursor.limitRange.upperBound)
        guard let id = message.conference else {
            return try await own(message, viewer, context, limit: limit)
        }
        let conference = try await conferenceStanding(id, of: viewer, context)
        let isBidding = conference.conference.status.openWindows.contains(.bidding)
        if conference.isChair || (conference.isMember && isBidding) {
            return try await visible(in: id, message, viewer, context, limit: limit)
        }
        // A list of what one may not see would still tell how much there is.
        guard conference.isMember, let account = viewer.account else {
            throw Refusal(DraftRefusal.noSuchConference)
        }
        return try await assigned(to: account, in: id, message, context, limit: limit)
    }

    /// The submissions that the asker is an author of.
    private func own(
        _ message: ListDrafts, _ viewer: Viewer, _ context: CallContext, limit: Int
    ) async throws -> ListPage<SubmissionView> {
        guard let address = viewer.addresses.first else { return ListPage(items: [], next: nil) }
        let page = try await effects.store.page(
            "author", in: SubmissionRecord.collection, prefix: [.text(address.text)],
            descending: true, after: message.after?.place, limit: limit)
        return ListPage(
            items: try await views(of: page.items, viewer, context),
            next: page.next.map { ListCursor($0) })
    }

    /// What the viewer sees of a conference.
    private func visible(
        in conference: ConferenceID, _ message: ListDrafts, _ viewer: Viewer,
        _ context: CallContext, limit: Int
    ) async throws -> ListPage<SubmissionView> {
        let page = try await VisiblePage(limit: limit, after: message.after?.place) { place in
            try await effects.store.page(
                "conference", in: SubmissionRecord.collection,
                prefix: [.text(conference.text)], after: place,
                limit: ListCursor.limitRange.upperBound)
        } see: { rows in
            try await views(of: rows, viewer, context)
        } place: { view in
            let key: IndexKey = [.text(conference.text), .integer(Int64(view.number))]
            return PageCursor(keyBytes: key.bytes, id: view.id.text)
        }
        return ListPage(items: page.items, next: page.next)
    }

    /// The submissions that somebody reviews.
    private func assigned(
        to account: AccountID, in conference: ConferenceID, _ message: ListDrafts,
        _ context: CallContext, limit: Int
    ) async throws -> ListPage<SubmissionView> {
        let call = context.causing("assigned", as: Principal(.service(.draft)))
        let page = try await client.call(
            ListAssigned(
                conference: conference, account: account, after: message.after, limit: limit),
            call)
        let read = try await effects.store.read(
            page.items.map(\.text), in: SubmissionRecord.collection)
        let items = page.items.compactMap { read[$0.text] }
        return ListPage(
            items: try await views(of: items, Viewer(context.principal), context),
            next: page.next)
    }

    private func views(
        of items: [Versioned<SubmissionRecord>], _ viewer: Viewer, _ context: CallContext
    ) async throws -> [SubmissionView] {
        let standings = try await standings(of: viewer, to: items.map(\.value), context)
        return items.compactMap { item in
            standings[item.value.id].flatMap {
                item.value.view($0.fields, version: item.version)
            }
        }
    }
}
