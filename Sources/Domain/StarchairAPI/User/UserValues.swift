import PeerReview
import Platform

/// A random token that opens something.
///
/// Its text never reaches a log; a store holds its hash, and the text only inside a letter that
/// has not left yet.
public struct Secret: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The token's text, at most 64 bytes.
    public let text: String

    /// A token from text that somebody supplied; nil when it can be none.
    public init?(_ text: String) {
        guard ID<Secret>(text) != nil else { return nil }
        self.text = text
    }

    /// A new token of 260 random bits.
    public init(_ random: any RandomSource, for purpose: RandomPurpose) {
        text = ID<Secret>(random, for: purpose).text + ID<Secret>(random, for: purpose).text
    }

    public init(from decoder: any Decoder) throws {
        text = try ID<Secret>(from: decoder).text
    }

    public func encode(to encoder: any Encoder) throws { try ID<Secret>(text)?.encode(to: encoder) }

    /// What a log shows.
    public var description: String { "secret" }
}

/// An account, to the extent that the asker may see it.
public struct AccountView: Codable, Hashable, Sendable {
    public var id: AccountID
    public var username: String
    public var fullname: String
    public var company: String
    public var area: String
    /// The address; only its holder sees it.
    public var email: EmailAddress?
    /// Whether the address is verified; only its holder sees it.
    public var verified: Bool?
    /// Whether the account administers the installation; only its holder sees it.
    public var admin: Bool?

    public init(id: AccountID, username: String, fullname: String, company: String, area: String) {
        self.id = id
        self.username = username
        self.fullname = fullname
        self.company = company
        self.area = area
    }
}

/// What an edge learns of a session.
public struct Authentication: Codable, Hashable, Sendable {
    public var account: AccountID
    public var username: String
    public var fullname: String
    public var isAdministrator: Bool
    /// The addresses that the account has shown to be its own.
    public var addresses: [EmailAddress]

    public init(
        account: AccountID, username: String, fullname: String, isAdministrator: Bool,
        addresses: [EmailAddress]
    ) {
        self.account = account
        self.fullname = fullname
        self.username = username
        self.isAdministrator = isAdministrator
        self.addresses = addresses
    }
}

/// Somebody to be told something: known by an account, or by an address alone.
public enum Recipient: Codable, Hashable, Sendable {
    case account(AccountID)
    case address(EmailAddress)
}

/// What the UserService knows of somebody.
public struct Person: Codable, Hashable, Sendable {
    /// The account; nil when nobody has verified the address.
    public var account: AccountID?
    public var fullname: String?
    /// The address for letters; nil when there is none.
    public var address: EmailAddress?
    /// Whether the account has shown that the address is its own.
    public var isVerified: Bool

    public init(
        account: AccountID?, fullname: String?, address: EmailAddress?, isVerified: Bool
    ) {
        self.account = account
        self.fullname = fullname
        self.address = address
        self.isVerified = isVerified
    }
}
