import Cluster
import Effects
import Platform
import Ports
import StarchairAPI

extension NotificationService {
    func list(
        _ message: ListNotifications, _ context: CallContext
    ) async throws -> ListPage<NotificationView> {
        let account = try Self.asker(context)
        let page = try await effects.store.page(
            "inbox", in: NotificationRecord.collection, prefix: [.text(account.text)],
            descending: true, after: message.after?.place, limit: Self.limit(message.limit))
        return ListPage(
            items: page.items.map(\.value.view), next: page.next.map { ListCursor($0) })
    }

    func readInbox(
        _ message: ReadInbox, _ context: CallContext
    ) async throws -> Listed<NotificationView> {
        let account = try Self.asker(context)
        let page = try await effects.store.page(
            "inbox", in: NotificationRecord.collection, prefix: [.text(account.text)],
            after: NotificationRecord.place(after: max(message.after, 0), of: account),
            limit: Self.limit(message.limit))
        return Listed(items: page.items.map(\.value.view))
    }

    func notification(
        _ message: GetNotification, _ context: CallContext
    ) async throws -> NotificationView {
        try await own(message.id, context).value.view
    }

    func changeStatus(
        _ message: ChangeNotificationStatus, _ context: CallContext
    ) async throws -> NotificationView {
        _ = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            let read = try await own(message.id, context)
            var next = read.value
            next.status = message.status
            if next.status != read.value.status {
                try transaction.replace(read, with: next, in: NotificationRecord.collection)
            }
            return next.view
        }
    }

    private func own(
        _ id: NotificationID, _ context: CallContext
    ) async throws -> Versioned<NotificationRecord> {
        let account = try Self.asker(context)
        guard
            let read = try await effects.store.read(id.text, in: NotificationRecord.collection),
            read.value.receiver == account
        else { throw Refusal(NotificationRefusal.noSuchNotification) }
        return read
    }

    private static func asker(_ context: CallContext) throws -> AccountID {
        guard let account = context.principal.accountID else {
            throw Refusal(NotificationRefusal.signInRequired)
        }
        return account
    }

    private static func limit(_ asked: Int) -> Int {
        min(max(asked, 1), ListCursor.limitRange.upperBound)
    }
}
