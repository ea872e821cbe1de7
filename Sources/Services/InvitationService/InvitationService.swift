import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Invitations to the committees of conferences: addresses are invited, and whoever has verified
/// an address answers for it.
public actor InvitationService: HostedService {
    public let effects: Effects
    private let client: ClusterClient
    private let bus: any EventBus

    static let notifications = OutboxConsumer("notifications")
    static let members = OutboxConsumer("members")

    /// A service on its own store.
    public init(effects: Effects, client: ClusterClient, bus: any EventBus) {
        self.effects = effects
        self.client = client
        self.bus = bus
    }

    public nonisolated var service: Service {
        Service(
            .invitation,
            [
                Handler(CreateInvitation.self) { try await self.create($0, $1) },
                Handler(AnswerInvitation.self) { try await self.answer($0, $1) },
                Handler(WithdrawInvitation.self) { try await self.withdraw($0, $1) },
                Handler(ListInvitations.self) { try await self.list($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        [
            .publishing(Self.notifications, to: .notifications, as: .invitation, bus: bus),
            .calling(Self.members, with: AddMember.self, as: .invitation, client: client),
        ]
    }

    private func create(
        _ message: CreateInvitation, _ context: CallContext
    ) async throws -> InvitationView {
        let account = try Self.asker(context)
        let words = message.message ?? ""
        guard TextRule.reason.accepts(words) else {
            throw Refusal(InvitationRefusal.invalidField, ["field": "message"])
        }
        return try await effects.perform(message, context) { transaction in
            let conference = try await chaired(message.confId, by: account, context)
            guard conference.status.takesOnMembers else {
                throw Refusal(
                    InvitationRefusal.wrongState, ["state": conference.status.rawValue])
            }
            let invitation = InvitationRecord(
                id: InvitationID(client.platform.random, for: "invitation id"),
                conference: conference.id, shortenForm: conference.shortenForm,
                inviter: account, email: message.email, role: message.role ?? .member,
                message: words, status: .pending, reason: "", created: transaction.now)
            let open = OpenInvitation.id(invitation)
            guard try await effects.store.read(open, in: OpenInvitation.collection) == nil else {
                throw Refusal(InvitationRefusal.alreadyInvited)
            }
            try transaction.insert(
                OpenInvitation(invitation: invitation.id), id: open,
                in: OpenInvitation.collection)
            try transaction.insert(
                invitation, id: invitation.id.text, in: InvitationRecord.collection)
            try transaction.announce(Self.news(of: invitation), to: Self.notifications)
            return invitation.view
        }
    }

    private func answer(
        _ message: AnswerInvitation, _ context: CallContext
    ) async throws -> InvitationView {
        let account = try Self.asker(context)
        let reason = message.reason ?? ""
        guard TextRule.reason.accepts(reason) else {
            throw Refusal(InvitationRefusal.invalidField, ["field": TextRule.reason.name])
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.id)
            let own = context.principal.verifiedAddresses
            guard !own.isEmpty else { throw Refusal(InvitationRefusal.addressNotVerified) }
            guard own.contains(read.value.email) else {
                throw Refusal(InvitationRefusal.otherAddress)
            }
            if message.accept { try await requireOpen(read.value.conference, context) }
            var next = read.value
            (next.status, next.reason) = (message.accept ? .accepted : .declined, reason)
            try await settle(read, as: next, in: &transaction)
            if message.accept {
                try transaction.announce(
                    AddMember(conference: next.conference, account: account, role: next.role),
                    to: Self.members)
            }
            let event = NotificationEvent(
                .invitationAnswered, confId: next.conference, shortenForm: next.shortenForm,
                parameters: ["email": next.email.text, "status": next.status.rawValue])
            try transaction.announce(
                Notify(recipient: .account(next.inviter), event: event),
                to: Self.notifications)
            return next.view
        }
    }

    private func withdraw(
        _ message: WithdrawInvitation, _ context: CallContext
    ) async throws -> InvitationView {
        let account = try Self.asker(context)
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.id)
            if read.value.inviter != account {
                do {
                    _ = try await chaired(read.value.conference, by: account, context)
                } catch is Refusal<InvitationRefusal> {
                    throw Refusal(InvitationRefusal.noSuchInvitation)
                }
            }
            var next = read.value
            next.status = .withdrawn
            try await settle(read, as: next, in: &transaction)
            return next.view
        }
    }

    /// Ends an open invitation; of an answer and a withdrawal at once, one is decided anew.
    private func settle(
        _ read: Versioned<InvitationRecord>, as next: InvitationRecord,
        in transaction: inout Transaction
    ) async throws {
        guard read.value.status == .pending else {
            throw Refusal(
                InvitationRefusal.alreadyAnswered, ["status": read.value.status.rawValue])
        }
        try transaction.replace(read, with: next, in: InvitationRecord.collection)
        let open = OpenInvitation.id(next)
        if let mark = try await effects.store.read(open, in: OpenInvitation.collection) {
            transaction.remove(mark, from: OpenInvitation.collection)
        }
    }

    private func list(
        _ message: ListInvitations, _ context: CallContext
    ) async throws -> ListPage<InvitationView> {
        let account = try Self.asker(context)
        let key: String
        switch message.selection {
        case .sent: key = account.text
        case .received:
            guard let address = context.principal.verifiedAddresses.first else {
                return ListPage(items: [], next: nil)
            }
            key = address.text
        }
        let page = try await effects.store.page(
            message.selection.rawValue, in: InvitationRecord.collection, prefix: [.text(key)],
            descending: true, after: message.after?.place,
            limit: min(max(message.limit, 1), ListCursor.limitRange.upperBound))
        return ListPage(
            items: page.items.map(\.value.view), next: page.next.map { ListCursor($0) })
    }

    private func read(_ id: InvitationID) async throws -> Versioned<InvitationRecord> {
        guard let read = try await effects.store.read(id.text, in: InvitationRecord.collection)
        else { throw Refusal(InvitationRefusal.noSuchInvitation) }
        return read
    }

    /// The conference, if the account chairs it; its authority is asked each time.
    private func chaired(
        _ id: ConferenceID, by account: AccountID, _ context: CallContext
    ) async throws -> ConferenceView {
        let standing = try await standing(of: account, in: id, context)
        guard standing.isChair || standing.conference.status.isPublic else {
            throw Refusal(InvitationRefusal.noSuchConference)
        }
        guard standing.isChair else { throw Refusal(InvitationRefusal.forbidden) }
        return standing.conference
    }

    /// Refuses an acceptance that the conference would not take.
    private func requireOpen(_ id: ConferenceID, _ context: CallContext) async throws {
        let status = try await standing(of: nil, in: id, context).conference.status
        guard status.takesOnMembers else {
            throw Refusal(InvitationRefusal.wrongState, ["state": status.rawValue])
        }
    }

    private func standing(
        of account: AccountID?, in conference: ConferenceID, _ context: CallContext
    ) async throws -> ConferenceStanding {
        let call = context.causing("conference", as: Principal(.service(.invitation)))
        let found = try await client.call(
            GetConferenceStandings(conferences: [conference], account: account), call)
        guard let standing = found.items.first else {
            throw Refusal(InvitationRefusal.noSuchConference)
        }
        return standing
    }

    private static func news(of invitation: InvitationRecord) -> Notify {
        let event = NotificationEvent(
            .invited, confId: invitation.conference, shortenForm: invitation.shortenForm,
            parameters: [
                "invitation": invitation.id.text, "role": invitation.role.rawValue,
                "message": invitation.message,
            ])
        return Notify(recipient: .address(invitation.email), event: event)
    }

    private static func asker(_ context: CallContext) throws -> AccountID {
        guard let account = context.principal.accountID else {
            throw Refusal(InvitationRefusal.signInRequired)
        }
        return account
    }
}
