import Cluster
import PeerReview
import Ports
import StarchairAPI

extension ConferenceService {
    func conference(_ message: GetConference, _ context: CallContext) async throws
        -> ConferenceView
    {
        let read = try await read(message.conference, for: context)
        return read.value.view(version: read.version)
    }

    func conferences(
        _ message: GetConferences, _ context: CallContext
    ) async throws -> Listed<ConferenceView> {
        let ids = message.conferences.prefix(ListCursor.limitRange.upperBound).map(\.text)
        let read = try await effects.store.read(ids, in: ConferenceRecord.collection)
        let known = read.values.filter { $0.value.isKnown(to: context.principal) }
            .sorted { $0.id < $1.id }
        return Listed(items: known.map { $0.value.view(version: $0.version) })
    }

    func list(
        _ message: ListConferences, _ context: CallContext
    ) async throws -> ListPage<ConferenceView> {
        let limit = min(max(message.limit, 1), ListCursor.limitRange.upperBound)
        if message.selection == .served {
            return try await served(message, context, limit: limit)
        }
        let (index, key) = try place(of: message.selection, for: context.principal)
        let page = try await effects.store.page(
            index, in: ConferenceRecord.collection, prefix: [.text(key)], descending: true,
            after: message.after?.place, limit: limit)
        return ListPage(
            items: page.items.map { $0.value.view(version: $0.version) },
            next: page.next.map { ListCursor($0) })
    }

    /// The conferences whose committee the asker is in, the newest membership first.
    private func served(
        _ message: ListConferences, _ context: CallContext, limit: Int
    ) async throws -> ListPage<ConferenceView> {
        guard let account = context.principal.accountID else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        let page = try await effects.store.page(
            "account", in: MemberRecord.collection, prefix: [.text(account.text)],
            descending: true, after: message.after?.place, limit: limit)
        let ids = page.items.map(\.value.conference.text)
        let read = try await effects.store.read(ids, in: ConferenceRecord.collection)
        let found = ids.compactMap { read[$0] }.filter { $0.value.isKnown(to: context.principal) }
        return ListPage(
            items: found.map { $0.value.view(version: $0.version) },
            next: page.next.map { ListCursor($0) })
    }

    private func place(
        of selection: ListConferences.Selection, for principal: Principal
    ) throws -> (index: String, key: String) {
        switch selection {
        case .accepted: return ("standing", "public")
        case .unchecked:
            guard principal.isAdministrator else {
                throw Refusal(ConferenceRefusal.forbidden)
            }
            return ("standing", ConferenceState.proposed.rawValue)
        case .chaired, .served:
            guard let account = principal.accountID else {
                throw Refusal(ConferenceRefusal.signInRequired)
            }
            return ("chair", account.text)
        }
    }
}
