import Cluster
import PeerReview

extension Principal {
    private static let administratorClaim = "administrator"
    private static let addressClaim = "address"
    private static let nameClaim = "name"

    /// The holder of an account, with what the UserService knows of it.
    public init(_ known: Authentication) {
        self.init(
            .account(known.account.text),
            claims: [
                Self.administratorClaim: known.isAdministrator ? ["yes"] : [],
                Self.addressClaim: known.addresses.map(\.text),
                Self.nameClaim: [known.fullname],
            ])
    }

    /// The account as which the call is made; nil when nobody signed in.
    public var accountID: AccountID? { subject.accountID.flatMap { AccountID($0) } }

    /// The person's name.
    public var fullname: String? { claims[Self.nameClaim]?.first }

    /// Whether the account administers the installation.
    public var isAdministrator: Bool { claims[Self.administratorClaim] == ["yes"] }

    /// The addresses that the account has shown to be its own.
    public var verifiedAddresses: [EmailAddress] {
        (claims[Self.addressClaim] ?? []).compactMap { EmailAddress($0) }
    }
}
