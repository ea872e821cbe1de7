import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension UserService {
    func signIn(_ message: SignIn, _ context: CallContext) async throws -> AccountView {
        let claim = try await effects.store.read(
            message.username.lowercased(), in: Claim.usernames)
        let account = try await claimed(claim)
        let isRight = try await isRight(message.password, for: account?.value.passwordHash)
        guard isRight, let account else { throw Refusal(UserRefusal.wrongCredentials) }
        return try await effects.perform(message, context) { transaction in
            try open(message.session, for: account.value, in: &transaction)
            return account.value.view(forHolder: true)
        }
    }

    private func claimed(_ claim: Versioned<Claim>?) async throws -> Versioned<AccountRecord>? {
        guard let claim else { return nil }
        return try await effects.store.read(
            claim.value.account.text, in: AccountRecord.collection)
    }

    private func isRight(_ password: String, for hash: String?) async throws -> Bool {
        guard password.utf8.count <= 2048 else { return false }
        if let hash { return try await hasher.verify(password, against: hash) }
        let salt = platform.random.bytes(16, for: "password salt")
        _ = try await hasher.hash(password, salt: salt)
        return false
    }

    private func open(
        _ session: Secret, for account: AccountRecord, in transaction: inout Transaction
    ) throws {
        let record = SessionRecord(
            account: account.id, expires: transaction.now + configuration.sessionLifetime)
        try transaction.insert(
            record, id: Self.documentID(of: session), in: SessionRecord.collection)
    }

    func signOut(_ message: SignOut, _ context: CallContext) async throws -> Done {
        try await effects.perform(message, context) { transaction in
            let id = Self.documentID(of: message.session)
            if let session = try await effects.store.read(id, in: SessionRecord.collection) {
                transaction.remove(session, from: SessionRecord.collection)
            }
            return Done()
        }
    }

    func authenticate(
        _ message: Authenticate, _ context: CallContext
    ) async throws -> Authentication {
        let id = Self.documentID(of: message.session)
        guard let session = try await effects.store.read(id, in: SessionRecord.collection),
            session.value.expires > platform.clock.now,
            let account = try await effects.store.read(
                session.value.account.text, in: AccountRecord.collection)?.value
        else { throw Refusal(UserRefusal.signInRequired) }
        let addresses = account.isVerified ? [account.email].compactMap(\.self) : []
        return Authentication(
            account: account.id, username: account.username, fullname: account.fullname,
            isAdministrator: account.isAdministrator, addresses: addresses)
    }
}
