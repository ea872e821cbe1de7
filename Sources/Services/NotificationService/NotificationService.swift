import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Inboxes, live push and mail: the one way on which people are told what happened.
public actor NotificationService: HostedService {
    public let effects: Effects
    let client: ClusterClient
    let publicURL: String
    let bus: any EventBus
    private let mailer: any Mailer

    /// Letters hold the tokens of links: they are forgotten when they are on their way.
    static let mail = OutboxConsumer("mail", forgetsPayload: true)

    /// A service on its own store; letters name `publicURL`, which has no slash at the end.
    public init(
        effects: Effects, client: ClusterClient, bus: any EventBus, mailer: any Mailer,
        publicURL: String
    ) {
        self.effects = effects
        self.client = client
        self.bus = bus
        self.mailer = mailer
        self.publicURL = publicURL
    }

    public nonisolated var service: Service {
        Service(
            .notification,
            [
                Handler(Notify.self) { try await self.notify($0, $1) },
                Handler(SendLetter.self) { try await self.sendLetter($0, $1) },
                Handler(ListNotifications.self) { try await self.list($0, $1) },
                Handler(ReadInbox.self) { try await self.readInbox($0, $1) },
                Handler(GetNotification.self) { try await self.notification($0, $1) },
                Handler(ChangeNotificationStatus.self) { try await self.changeStatus($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        let mailer = mailer
        return [
            OutboxRoute(to: Self.mail, OutgoingLetter.self) { letter, id throws(DeliveryError) in
                try await Self.deliver(letter, id: id, by: mailer)
            }
        ]
    }

    public nonisolated var background: [BackgroundTask] {
        let inbox = EventInbox(Notify.self, from: .notifications, bus: bus, client: client)
        return [BackgroundTask("event inbox") { await inbox.run() }]
    }

    private static func deliver(
        _ letter: OutgoingLetter, id: String, by mailer: any Mailer
    ) async throws(DeliveryError) {
        do throws(MailError) {
            try await mailer.deliver(
                Letter(
                    id: id, recipient: letter.recipient, subject: letter.subject,
                    text: letter.text))
        } catch {
            switch error {
            case .unavailable: throw .later
            case .refused(let reason): throw .never(reason)
            }
        }
    }

    private func sendLetter(_ message: SendLetter, _ context: CallContext) async throws -> Done {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(NotificationRefusal.forbidden)
        }
        return try await effects.perform(message, context) { transaction in
            try transaction.announce(
                OutgoingLetter(
                    recipient: message.address.text, subject: message.subject,
                    text: message.text),
                to: Self.mail)
            return Done()
        }
    }

    /// Puts an event into the recipient's inbox, if there is one, and writes the letter, in one
    /// commit.
    private func notify(_ message: Notify, _ context: CallContext) async throws -> Done {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(NotificationRefusal.forbidden)
        }
        let person = try await person(message.recipient, context)
        let done = try await effects.perform(message, context) { transaction in
            if let account = person.account {
                try await addToInbox(message.event, of: account, context, &transaction)
            }
            if let address = person.address {
                let letter = NotificationLetter(message.event, publicURL: publicURL)
                try transaction.announce(
                    OutgoingLetter(
                        recipient: address.text, subject: letter.subject, text: letter.text),
                    to: Self.mail)
            }
            return Done()
        }
        if let account = person.account { await hint(account) }
        return done
    }

    private func addToInbox(
        _ event: NotificationEvent, of account: AccountID, _ context: CallContext,
        _ transaction: inout Transaction
    ) async throws {
        let inbox = try await effects.store.read(account.text, in: InboxRecord.collection)
        let next = InboxRecord(last: (inbox?.value.last ?? 0) + 1)
        try transaction.put(next, id: account.text, over: inbox, in: InboxRecord.collection)
        let record = NotificationRecord(
            id: NotificationID(client.platform.random, for: "notification id"),
            receiver: account, sequence: next.last, event: event, status: .unread,
            created: transaction.now)
        try transaction.insert(record, id: record.id.text, in: NotificationRecord.collection)
    }

    private func person(_ recipient: Recipient, _ context: CallContext) async throws -> Person {
        let context = context.causing("person", as: Principal(.service(.notification)))
        do throws(CallFailure<UserRefusal>) {
            return try await client.call(ResolvePerson(recipient: recipient), context)
        } catch {
            guard case .refused = error else { throw error }
            // An account that is gone is told nothing.
            return Person(account: nil, fullname: nil, address: nil, isVerified: false)
        }
    }

    /// Wakes the pages of somebody, wherever they are connected.
    private func hint(_ account: AccountID) async {
        // A lost hint costs a page a few seconds: it looks by itself now and then.
        do throws(BusError) {
            try await bus.signal(BusSignal(topic: .inboxes, text: account.text))
        } catch { return }
    }
}
