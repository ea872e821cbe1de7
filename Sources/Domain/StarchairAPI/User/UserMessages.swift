import Cluster
import PeerReview
import Platform

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
public struct Register: Message {
    public typealias Reply = AccountView
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "register"
    public static let kind = MessageKind.command

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
public struct VerifyAddress: Message {
    public typealias Reply = AccountView
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "verifyAddress"
    public static let kind = MessageKind.command

    /// The link's token.
    public var token: Secret

    public init(token: Secret) { self.token = token }
}

/// Opens a session with a name and a password.
public struct SignIn: Message {
    public typealias Reply = AccountView
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "signIn"
    public static let kind = MessageKind.command

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
public struct RedeemAdministratorLink: Message {
    public typealias Reply = AccountView
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "redeemAdministratorLink"
    public static let kind = MessageKind.command

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
public struct SignOut: Message {
    public typealias Reply = Done
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "signOut"
    public static let kind = MessageKind.command

    public var session: Secret

    public init(session: Secret) { self.session = session }
}

/// Who holds a session: asked by an edge at each request.
public struct Authenticate: Message {
    public typealias Reply = Authentication
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "authenticate"
    public static let kind = MessageKind.query

    public var session: Secret

    public init(session: Secret) { self.session = session }
}

/// An account as others see it, or as its holder does.
public struct GetAccount: Message {
    public typealias Reply = AccountView
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "getAccount"
    public static let kind = MessageKind.query

    public var account: AccountID

    public init(account: AccountID) { self.account = account }
}

/// Sends a letter to an account or an address; services only.
public struct SendLetter: Message {
    public typealias Reply = Done
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "sendLetter"
    public static let kind = MessageKind.command

    public var recipient: LetterRecipient
    public var subject: String
    public var text: String

    public init(recipient: LetterRecipient, subject: String, text: String) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }
}

/// Whom a letter is for.
public enum LetterRecipient: Codable, Hashable, Sendable {
    case account(AccountID)
    case address(EmailAddress)
}

/// Makes a link work that opens an administrator's session once; the operator's process only.
public struct MintAdministratorLink: Message {
    public typealias Reply = MintedLink
    public typealias Code = UserRefusal
    public static let service = ServiceName.user
    public static let name = "mintAdministratorLink"
    public static let kind = MessageKind.command

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
