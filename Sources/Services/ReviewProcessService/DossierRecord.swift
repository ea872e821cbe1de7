import PeerReview
import Platform
import Ports
import StarchairAPI

/// Who reviews one submission and who must not; the document's id is the submission's.
///
/// Every commit about a review depends on the version of this document, so that none happens
/// under an assignment that has ended.
struct DossierRecord: Codable, Sendable {
    struct Assignment: Codable, Sendable {
        var account: AccountID
        var review: ReviewID
        /// Whether something of the review is written: then the assignment stays.
        var isBegun = false
    }

    var submission: SubmissionID
    var conference: ConferenceID
    var number: Int
    var assignments: [Assignment] = []
    /// Who is conflicted: told by the DraftService before it acknowledges a conflict.
    var conflicts: [AccountID] = []
    /// Reviews of people who turned out to be conflicted: kept, and of no effect.
    var quarantined: [ReviewID] = []

    static let collection = DocumentCollection<DossierRecord>("dossiers") { dossier in
        let place: [IndexKey.Part] = [
            .text(dossier.conference.text), .integer(Int64(dossier.number)),
        ]
        return [IndexEntry(index: "conference", key: IndexKey(place))]
            + dossier.assignments.map {
                IndexEntry(index: "reviewer", key: IndexKey([.text($0.account.text)] + place))
            }
    }

    /// The account's own assignment.
    func assignment(of account: AccountID) -> Assignment? {
        assignments.first { $0.account == account }
    }
}

/// How many submissions of a conference everybody reviews; the document's id is the
/// conference's. Every change of assignments replaces it, so that two at once are decided one
/// after the other.
struct LoadRecord: Codable, Sendable {
    /// By account.
    var loads: [String: Int]

    static let collection = DocumentCollection<LoadRecord>("loads")

    /// Adds to somebody's load; a load of nothing is not kept.
    mutating func add(_ count: Int, to account: AccountID) {
        // A round counts what is judged alone, so that an assignment may end that it did not count.
        let load = max(0, (loads[account.text] ?? 0) + count)
        loads[account.text] = load == 0 ? nil : load
    }
}

/// How much somebody would like to review a submission.
struct BidRecord: Codable, Sendable {
    var submission: SubmissionID
    var conference: ConferenceID
    var number: Int
    var account: AccountID
    var bid: Bid

    static let collection = DocumentCollection<BidRecord>("bids") { bid in
        let (conference, number, account) = (
            IndexKey.Part.text(bid.conference.text), IndexKey.Part.integer(Int64(bid.number)),
            IndexKey.Part.text(bid.account.text)
        )
        return [
            IndexEntry(index: "conference", key: [conference, number, account]),
            IndexEntry(index: "account", key: [account, conference, number]),
        ]
    }

    static func id(_ submission: SubmissionID, _ account: AccountID) -> String {
        "\(submission.text)/\(account.text)"
    }

    /// Its place among all bids of its account.
    var placeOfAccount: PageCursor {
        let key: IndexKey = [
            .text(account.text), .text(conference.text), .integer(Int64(number)),
        ]
        return PageCursor(keyBytes: key.bytes, id: Self.id(submission, account))
    }
}
