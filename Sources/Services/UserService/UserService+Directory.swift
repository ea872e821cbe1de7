import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension UserService {
    func account(_ message: GetAccount, _ context: CallContext) async throws -> AccountView {
        let asker = try Self.asker(context)
        guard
            let account = try await effects.store.read(
                message.account.text, in: AccountRecord.collection)
        else { throw Refusal(UserRefusal.noSuchAccount) }
        return account.value.view(forHolder: asker == message.account)
    }

    func accounts(
        _ message: GetAccounts, _ context: CallContext
    ) async throws -> Listed<AccountView> {
        let asker = try Self.asker(context)
        let ids = message.accounts.prefix(ListCursor.limitRange.upperBound).map(\.text)
        let found = try await effects.store.read(ids, in: AccountRecord.collection)
        return Listed(
            items: found.values.sorted { $0.id < $1.id }.map {
                $0.value.view(forHolder: asker == $0.value.id)
            })
    }

    func find(
        _ message: FindAccounts, _ context: CallContext
    ) async throws -> ListPage<AccountView> {
        let asker = try Self.asker(context)
        guard TextRule.username.accepts(message.word) else {
            throw Refusal(UserRefusal.invalidField, ["field": TextRule.username.name])
        }
        let page = try await effects.store.page(
            "word", in: AccountRecord.collection,
            prefix: [.text(AccountRecord.searchForm(message.word))],
            after: message.after?.place,
            limit: min(max(message.limit, 1), ListCursor.limitRange.upperBound))
        return ListPage(
            items: page.items.map { $0.value.view(forHolder: asker == $0.value.id) },
            next: page.next.map { ListCursor($0) })
    }

    func resolve(_ message: ResolvePerson, _ context: CallContext) async throws -> Person {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(UserRefusal.signInRequired)
        }
        switch message.recipient {
        case .account(let id):
            guard let account = try await account(id) else {
                throw Refusal(UserRefusal.noSuchAccount)
            }
            return Person(
                account: id, fullname: account.fullname, address: account.email,
                isVerified: account.isVerified)
        case .address(let address):
            // Whose address it is was shown to nobody before it was verified.
            let claim = try await effects.store.read(address.text, in: Claim.addresses)
            let account =
                if let claim { try await account(claim.value.account) } else {
                    AccountRecord?.none
                }
            return Person(
                account: account?.id, fullname: account?.fullname, address: address,
                isVerified: account != nil)
        }
    }

    private func account(_ id: AccountID) async throws -> AccountRecord? {
        try await effects.store.read(id.text, in: AccountRecord.collection)?.value
    }

    private static func asker(_ context: CallContext) throws -> AccountID {
        guard let asker = context.principal.accountID else {
            throw Refusal(UserRefusal.signInRequired)
        }
        return asker
    }
}
