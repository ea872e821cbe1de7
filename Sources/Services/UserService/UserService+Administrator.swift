import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension UserService {
    /// The first administrator's name.
    static let administratorName = "administrator"

    func mintLink(
        _ message: MintAdministratorLink, _ context: CallContext
    ) async throws -> MintedLink {
        guard context.principal.actor == .service(.operator) else {
            throw Refusal(UserRefusal.signInRequired)
        }
        return try await effects.perform(message, context) { transaction in
            if message.onlyIfNobodyIsYet, try await knownAdministrator() != nil {
                return MintedLink(isMinted: false)
            }
            let link = LinkRecord(
                purpose: .administrator, expires: transaction.now + configuration.linkLifetime)
            try transaction.insert(
                link, id: Self.documentID(of: message.token), in: LinkRecord.collection)
            return MintedLink(isMinted: true)
        }
    }

    func redeemLink(
        _ message: RedeemAdministratorLink, _ context: CallContext
    ) async throws -> AccountView {
        try await effects.perform(message, context) { transaction in
            let id = Self.documentID(of: message.token)
            guard let link = try await effects.store.read(id, in: LinkRecord.collection),
                case .administrator = link.value.purpose, link.value.expires > transaction.now
            else { throw Refusal(UserRefusal.invalidLink) }
            transaction.remove(link, from: LinkRecord.collection)
            let account = try await administrator(in: &transaction)
            let session = SessionRecord(
                account: account.id, expires: transaction.now + configuration.sessionLifetime)
            try transaction.insert(
                session, id: Self.documentID(of: message.session), in: SessionRecord.collection)
            return account.view(forHolder: true)
        }
    }

    /// The first administrator, who is made when somebody first comes by the link.
    private func administrator(in transaction: inout Transaction) async throws -> AccountRecord {
        if let account = try await knownAdministrator() { return account }
        let account = AccountRecord(
            id: AccountID(platform.random, for: "account id"), username: Self.administratorName,
            passwordHash: nil, email: nil, isVerified: false, isAdministrator: true,
            fullname: "Administrator", company: "", area: "")
        try transaction.insert(account, id: account.id.text, in: AccountRecord.collection)
        try transaction.insert(
            Claim(account: account.id), id: Self.administratorName, in: Claim.usernames)
        return account
    }

    private func knownAdministrator() async throws -> AccountRecord? {
        try await effects.store.page(
            "administrators", in: AccountRecord.collection, prefix: [], limit: 1
        ).items.first?.value
    }
}
