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
        let administrators =
            account.isAdministrator
            ? [IndexEntry(index: "administrators", key: [])] : []
        return administrators
            + account.words.map { IndexEntry(index: "word", key: [.text($0)]) }
    }

    /// Words of a name by which an account is found.
    static let wordCountMaximum = 8
    /// Characters of a word by which an account is found.
    static let wordLengthMaximum = 40

    /// The words by which the account is found, in the form of ``searchForm(_:)``.
    var words: [String] {
        let name = fullname.split(separator: " ").prefix(Self.wordCountMaximum)
        return Set(([username[...]] + name).map { Self.searchForm($0) }).sorted()
    }

    /// The one form in which words are compared.
    static func searchForm(_ word: some StringProtocol) -> String {
        String(word.lowercased().prefix(wordLengthMaximum))
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
