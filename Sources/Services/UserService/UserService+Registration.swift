import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension UserService {
    func register(_ message: Register, _ context: CallContext) async throws -> AccountView {
        try Self.check(message)
        let salt = platform.random.bytes(16, for: "password salt")
        let hash = try await hasher.hash(message.password, salt: salt)
        return try await effects.perform(message, context) { transaction in
            let name = message.username.lowercased()
            let taken = try await effects.store.read(name, in: Claim.usernames)
            if taken != nil || name == Self.administratorName {
                throw Refusal(UserRefusal.usernameTaken)
            }
            let account = AccountRecord(
                id: AccountID(platform.random, for: "account id"), username: message.username,
                passwordHash: hash, email: message.email, isVerified: false,
                isAdministrator: false, fullname: message.fullname,
                company: message.company ?? "", area: message.area ?? "")
            try transaction.insert(
                account, id: account.id.text, in: AccountRecord.collection)
            try transaction.insert(Claim(account: account.id), id: name, in: Claim.usernames)
            try await announceVerification(of: account, to: message.email, in: &transaction)
            return account.view(forHolder: true)
        }
    }

    /// A link to the address; or, when the address is another account's already, word of that,
    /// so that registering tells nobody who has an account.
    private func announceVerification(
        of account: AccountRecord, to address: EmailAddress, in transaction: inout Transaction
    ) async throws {
        if try await effects.store.read(address.text, in: Claim.addresses) != nil {
            let letter = SendLetter(
                address: address, subject: "Your address was used again",
                text: """
                    Somebody opened an account named \(account.username) with your address,
                    which belongs to another account of yours already. If it was you, sign in
                    with that other account. If it was not, nothing needs to be done.
                    """)
            return try transaction.announce(letter, to: Self.letters)
        }
        let token = Secret(platform.random, for: "verification token")
        let link = LinkRecord(
            purpose: .verifyAddress(account.id, address),
            expires: transaction.now + configuration.linkLifetime)
        try transaction.insert(link, id: Self.documentID(of: token), in: LinkRecord.collection)
        let letter = SendLetter(
            address: address, subject: "Please confirm your address",
            text: """
                Welcome, \(account.fullname).

                Please confirm that this address is yours by opening this link within a day:

                \(configuration.publicURL)/#verify=\(token.text)

                If you did not open an account named \(account.username), ignore this letter.
                """)
        try transaction.announce(letter, to: Self.letters)
    }

    func verifyAddress(
        _ message: VerifyAddress, _ context: CallContext
    ) async throws -> AccountView {
        try await effects.perform(message, context) { transaction in
            let id = Self.documentID(of: message.token)
            guard let link = try await effects.store.read(id, in: LinkRecord.collection),
                case .verifyAddress(let accountID, let address) = link.value.purpose,
                link.value.expires > transaction.now,
                let account = try await effects.store.read(
                    accountID.text, in: AccountRecord.collection),
                account.value.email == address
            else { throw Refusal(UserRefusal.invalidLink) }
            if try await effects.store.read(address.text, in: Claim.addresses) != nil {
                throw Refusal(UserRefusal.addressClaimed)
            }
            var verified = account.value
            verified.isVerified = true
            try transaction.replace(account, with: verified, in: AccountRecord.collection)
            try transaction.insert(
                Claim(account: accountID), id: address.text, in: Claim.addresses)
            transaction.remove(link, from: LinkRecord.collection)
            return verified.view(forHolder: true)
        }
    }

    private static func check(_ message: Register) throws {
        let isPlain = message.username.utf8.allSatisfy { byte in
            ID<Account>(String(UnicodeScalar(byte))) != nil || byte == UInt8(ascii: ".")
        }
        let fields: [(TextRule, String)] = [
            (.username, message.username), (.password, message.password),
            (.fullName, message.fullname), (.company, message.company ?? ""),
            (.area, message.area ?? ""),
        ]
        let broken = fields.first { !$0.0.accepts($0.1) }?.0.name
        if let field = isPlain ? broken : "username" {
            throw Refusal(UserRefusal.invalidField, ["field": field])
        }
    }
}
