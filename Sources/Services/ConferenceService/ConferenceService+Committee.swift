import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension ConferenceService {
    /// Chairs of one conference.
    static let chairCountMaximum = 20

    func addMember(_ message: AddMember, _ context: CallContext) async throws -> MemberView {
        let isService = context.principal.actor == .service(.invitation)
        guard isService || context.principal.accountID != nil else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.conference, for: context)
            guard isService || read.value.isChaired(by: context.principal) else {
                throw Refusal(ConferenceRefusal.forbidden)
            }
            guard read.value.state.takesOnMembers else {
                throw Refusal(
                    ConferenceRefusal.wrongState, ["from": read.value.state.rawValue])
            }
            let person = try await person(message.account, context)
            switch message.role {
            case .chair: try addChair(message.account, to: read, in: &transaction)
            case .member: try await addMember(person, message, in: &transaction)
            }
            return MemberView(
                confId: message.conference, account: message.account,
                fullname: person.fullname, role: message.role)
        }
    }

    private func addChair(
        _ account: AccountID, to read: Versioned<ConferenceRecord>,
        in transaction: inout Transaction
    ) throws {
        var conference = read.value
        guard !conference.chairs.contains(account) else { return }
        guard conference.chairs.count < Self.chairCountMaximum else {
            throw Refusal(ConferenceRefusal.forbidden)
        }
        conference.chairs.append(account)
        try transaction.replace(read, with: conference, in: ConferenceRecord.collection)
    }

    private func addMember(
        _ person: KnownPerson, _ message: AddMember, in transaction: inout Transaction
    ) async throws {
        let id = MemberRecord.id(message.conference, message.account)
        guard try await effects.store.read(id, in: MemberRecord.collection) == nil else { return }
        let member = MemberRecord(
            place: ID(platform.random, for: "place in a committee"), conference: message.conference,
            account: message.account,
            fullname: person.fullname, addresses: [person.address], joined: transaction.now)
        try transaction.insert(member, id: id, in: MemberRecord.collection)
    }

    private struct KnownPerson {
        var fullname: String
        var address: EmailAddress
    }

    /// Who an account is: only one that has shown its address can be told from an author.
    private func person(_ account: AccountID, _ context: CallContext) async throws -> KnownPerson {
        let context = context.causing("person", as: Principal(.service(.conference)))
        do throws(CallFailure<UserRefusal>) {
            let person = try await client.call(
                ResolvePerson(recipient: .account(account)), context)
            if person.isVerified, let address = person.address {
                return KnownPerson(fullname: person.fullname ?? "", address: address)
            }
        } catch {
            guard case .refused = error else { throw error }
        }
        throw Refusal(ConferenceRefusal.noSuchAccount)
    }

    func members(
        _ message: ListMembers, _ context: CallContext
    ) async throws -> ListPage<MemberView> {
        let isService = context.principal.actor.serviceName != nil
        guard isService || context.principal.accountID != nil else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        _ = try await read(message.conference, for: context)
        let page = try await effects.store.page(
            "conference", in: MemberRecord.collection, prefix: [.text(message.conference.text)],
            after: message.after?.place,
            limit: min(max(message.limit, 1), ListCursor.limitRange.upperBound))
        return ListPage(
            items: page.items.map { $0.value.view(forService: isService) },
            next: page.next.map { ListCursor($0) })
    }

    func standings(
        _ message: GetConferenceStandings, _ context: CallContext
    ) async throws -> Listed<ConferenceStanding> {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(ConferenceRefusal.forbidden)
        }
        let ids = message.conferences.prefix(ListCursor.limitRange.upperBound)
        let read = try await effects.store.read(
            ids.map(\.text), in: ConferenceRecord.collection)
        var memberships: [String: Versioned<MemberRecord>] = [:]
        if let account = message.account {
            memberships = try await effects.store.read(
                ids.map { MemberRecord.id($0, account) }, in: MemberRecord.collection)
        }
        return Listed(
            items: read.values.sorted { $0.id < $1.id }.map { conference in
                let account = message.account
                return ConferenceStanding(
                    conference: conference.value.view(version: conference.version),
                    isChair: account.map(conference.value.chairs.contains) ?? false,
                    isMember: account.map {
                        memberships[MemberRecord.id(conference.value.id, $0)] != nil
                    } ?? false)
            })
    }

    /// Refuses to open a conference whose committee is too small for its own rule.
    func requireCommittee(of conference: ConferenceRecord) async throws {
        let needed = (conference.settings ?? .standard).committeeSizeMinimum
        guard needed > 0 else { return }
        let members = try await effects.store.page(
            "conference", in: MemberRecord.collection, prefix: [.text(conference.id.text)],
            limit: needed)
        guard members.items.count >= needed else {
            throw Refusal(
                ConferenceRefusal.committeeTooSmall,
                ["members": "\(members.items.count)", "needed": "\(needed)"])
        }
    }
}
