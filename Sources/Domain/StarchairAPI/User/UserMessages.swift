import Cluster
import PeerReview
import Platform

/// A message to the UserService.
public protocol UserMessage: Message where Code == UserRefusal {}

extension UserMessage {
    public static var service: ServiceName { .user }
}

/// Why the UserService declines.
public enum UserRefusal: String, RefusalCode {
    /// Nobody is signed in.
    case signInRequired
    /// The name is another account's.
    case usernameTaken
    /// The text of a field breaks its rule; parameter `field`.
    case invalidField
    /// The name or the password is wrong: which, is not said.
    case wrongCredentials
    /// The link is unknown, used, or too old.
    case invalidLink
    /// The address was verified by another account.
    case addressClaimed
    /// There is no such account.
    case noSuchAccount
}

/// Opens an account and sends a link to its address.
public struct Register: UserMessage, Command {
    public typealias Reply = AccountView
    public static let name = "register"

    /// The account's public name for signing in.
    public var username: String
    /// The password in clear; it is neither stored nor fingerprinted.
    public var password: String
    /// The address to be verified.
    public var email: EmailAddress
    /// The person's name.
    public var fullname: String
    /// The person's institution.
    public var company: String?
    /// The person's field.
    public var area: String?

    public var fingerprinted: Register {
        var copy = self
        copy.password = ""
        return copy
    }
}

/// Shows that the account's holder reads the letters sent to its address.
public struct VerifyAddress: UserMessage, Command {
    public typealias Reply = AccountView
    public static let name = "verifyAddress"

    /// The link's token.
    public var token: Secret

    public init(token: Secret) { self.token = token }
}

/// Opens a session with a name and a password.
public struct SignIn: UserMessage, Command {
    public typealias Reply = AccountView
    public static let name = "signIn"

    public var username: String
    public var password: String
    /// The new session's token, drawn by the edge: repeating the message opens no second one.
    public var session: Secret

    public init(username: String, password: String, session: Secret) {
        self.username = username
        self.password = password
        self.session = session
    }

    public var fingerprinted: SignIn {
        SignIn(username: username, password: "", session: session)
    }
}

/// Opens an administrator's session with a link that works once.
public struct RedeemAdministratorLink: UserMessage, Command {
    public typealias Reply = AccountView
    public static let name = "redeemAdministratorLink"

    /// The link's token.
    public var token: Secret
    /// The new session's token, drawn by the edge.
    public var session: Secret

    public init(token: Secret, session: Secret) {
        self.token = token
        self.session = session
    }
}

/// Ends a session, everywhere.
public struct SignOut: UserMessage, Command {
    public typealias Reply = Done
    public static let name = "signOut"

    public var session: Secret

    public init(session: Secret) { self.session = session }
}

/// Who holds a session: asked by an edge at each request.
public struct Authenticate: UserMessage, Query {
    public typealias Reply = Authentication
    public static let name = "authenticate"

    public var session: Secret

    public init(session: Secret) { self.session = session }
}

/// An account as others see it, or as its holder does.
public struct GetAccount: UserMessage, Query {
    public typealias Reply = AccountView
    public static let name = "getAccount"

    public var account: AccountID

    public init(account: AccountID) { self.account = account }
}

/// Several accounts as others see them; those that do not exist are missing.
public struct GetAccounts: UserMessage, Query {
    public typealias Reply = Listed<AccountView>
    public static let name = "getAccounts"

    /// At most as many as a page of a list has rows.
    public var accounts: [AccountID]

    public init(accounts: [AccountID]) { self.accounts = accounts }
}

/// The accounts whose username, or one word of whose name, is this one.
public struct FindAccounts: UserMessage, Query {
    public typealias Reply = ListPage<AccountView>
    public static let name = "findAccounts"

    /// One word; case does not matter.
    public var word: String
    public var after: ListCursor?
    public var limit: Int

    public init(word: String, after: ListCursor?, limit: Int) {
        self.word = word
        self.after = after
        self.limit = limit
    }
}

/// Who somebody is, by account or by address; services only.
public struct ResolvePerson: UserMessage, Query {
    public typealias Reply = Person
    public static let name = "resolvePerson"

    public var recipient: Recipient

    public init(recipient: Recipient) { self.recipient = recipient }
}

/// Makes a link work that opens an administrator's session once; the operator's process only.
public struct MintAdministratorLink: UserMessage, Command {
    public typealias Reply = MintedLink
    public static let name = "mintAdministratorLink"

    /// The link's token, drawn by the operator's process.
    public var token: Secret
    /// Whether to make none when there is an administrator.
    public var onlyIfNobodyIsYet: Bool

    public init(token: Secret, onlyIfNobodyIsYet: Bool) {
        self.token = token
        self.onlyIfNobodyIsYet = onlyIfNobodyIsYet
    }
}

/// Whether a link was made.
public struct MintedLink: Codable, Hashable, Sendable {
    public var isMinted: Bool

    public init(isMinted: Bool) { self.isMinted = isMinted }
}
