import PeerReview
import Platform
import Ports
import StarchairAPI

/// An account as it is stored.
struct AccountRecord: Codable, Sendable {
    var id: AccountID
    var username: String
    /// The password's hash in PHC form; nil when the account is entered by links only.
    var passwordHash: String?
    var email: EmailAddress?
    var isVerified: Bool
    var isAdministrator: Bool
    var fullname: String
    var company: String
    var area: String

    static let collection = DocumentCollection<AccountRecord>("accounts") { account in
        account.isAdministrator ? [IndexEntry(index: "administrators", key: [])] : []
    }

    /// The account as its holder or somebody else sees it.
    func view(forHolder isHolder: Bool) -> AccountView {
        var view = AccountView(
            id: id, username: username, fullname: fullname, company: company, area: area)
        if isHolder {
            (view.email, view.verified, view.admin) = (email, isVerified, isAdministrator)
        }
        return view
    }
}

/// Whose a username or a verified address is: the document's id is the name itself.
struct Claim: Codable, Sendable {
    var account: AccountID

    static let usernames = DocumentCollection<Claim>("usernames")
    static let addresses = DocumentCollection<Claim>("addresses")
}

/// A session; the document's id is the hash of its token.
struct SessionRecord: Codable, Sendable {
    var account: AccountID
    var expires: Instant

    static let collection = DocumentCollection<SessionRecord>("sessions") {
        [IndexEntry(index: "expiry", key: [.text($0.expires.description)])]
    }
}

/// A link that works once; the document's id is the hash of its token.
struct LinkRecord: Codable, Sendable {
    enum Purpose: Codable, Sendable {
        case verifyAddress(AccountID, EmailAddress)
        case administrator
    }

    var purpose: Purpose
    var expires: Instant

    static let collection = DocumentCollection<LinkRecord>("links") {
        [IndexEntry(index: "expiry", key: [.text($0.expires.description)])]
    }
}

/// A letter on its way to the mail system.
struct OutgoingLetter: Codable, Sendable {
    var recipient: EmailAddress
    var subject: String
    var text: String
}
