import Cluster
import PeerReview
import Platform

/// What ``AccountID`` names.
public enum Account {}
/// What ``ConferenceID`` names.
public enum Conference {}
/// What ``SubmissionID`` names.
public enum Submission {}
/// What ``FileID`` names.
public enum SubmissionFile {}

/// An account's identity.
public typealias AccountID = ID<Account>
/// A conference's identity.
public typealias ConferenceID = ID<Conference>
/// A submission's opaque identity; people know it by its number.
public typealias SubmissionID = ID<Submission>
/// The identity of an uploaded file.
public typealias FileID = ID<SubmissionFile>

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
