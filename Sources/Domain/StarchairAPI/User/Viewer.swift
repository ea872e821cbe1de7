import Cluster
import PeerReview

/// Somebody about whom one service asks another: who looks, and by which addresses known.
public struct Viewer: Codable, Hashable, Sendable {
    /// The account; nil when nobody signed in.
    public var account: AccountID?
    /// The addresses that the account has shown to be its own.
    public var addresses: [EmailAddress]
    /// Whether the account administers the installation.
    public var isAdministrator: Bool

    /// The person on whose behalf a call is made.
    public init(_ principal: Principal) {
        account = principal.accountID
        addresses = principal.verifiedAddresses
        isAdministrator = principal.isAdministrator
    }

    /// Somebody known by an account and addresses.
    public init(account: AccountID, addresses: [EmailAddress]) {
        self.account = account
        self.addresses = addresses
        isAdministrator = false
    }
}
