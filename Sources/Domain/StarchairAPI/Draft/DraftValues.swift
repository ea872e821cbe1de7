import PeerReview
import Platform
import Ports

/// An author: an address first, a person with an account perhaps later.
public struct Author: Codable, Hashable, Sendable {
    public var fullname: String
    public var email: EmailAddress
    public var company: String?

    public init(fullname: String, email: EmailAddress, company: String? = nil) {
        self.fullname = fullname
        self.email = email
        self.company = company
    }
}

/// A submission, to the extent that the asker may see it: what is hidden is missing.
public struct SubmissionView: Codable, Hashable, Sendable {
    public var id: SubmissionID
    /// The number by which people know it in its conference.
    public var number: Int
    public var confId: ConferenceID
    /// Rises with each change; a change names the version it was made from.
    public var version: Int64
    public var title: String?
    public var summary: String?
    public var topics: [String]?
    public var authors: [Author]?
    /// The account that submitted it.
    public var contributor: AccountID?
    public var file_id: FileID?
    public var status: SubmissionStatus?
    public var submittedTime: Instant?

    public init(id: SubmissionID, number: Int, confId: ConferenceID, version: Int64) {
        self.id = id
        self.number = number
        self.confId = confId
        self.version = version
    }
}

/// Where a submission stands.
public enum SubmissionStatus: String, Codable, Hashable, Sendable {
    case submitted, withdrawn
}

/// A declared conflict.
public struct ConflictView: Codable, Hashable, Sendable {
    public var draftId: SubmissionID
    public var account: AccountID
    public var kind: ConflictKind
    public var reason: String

    public init(
        draftId: SubmissionID, account: AccountID, kind: ConflictKind, reason: String
    ) {
        self.draftId = draftId
        self.account = account
        self.kind = kind
        self.reason = reason
    }
}

/// What somebody is to a submission, and what holds for the submission.
public struct SubmissionStanding: Codable, Hashable, Sendable {
    public var submission: SubmissionID
    public var number: Int
    public var title: String
    public var status: SubmissionStatus
    public var conference: ConferenceView
    /// In the order of their names.
    public var relations: [Relation]
    /// The addresses of the authors.
    public var authors: [EmailAddress]

    public init(
        submission: SubmissionID, number: Int, title: String, status: SubmissionStatus,
        conference: ConferenceView, relations: Set<Relation>, authors: [EmailAddress]
    ) {
        self.submission = submission
        self.number = number
        self.title = title
        self.status = status
        self.conference = conference
        self.relations = relations.sorted { $0.rawValue < $1.rawValue }
        self.authors = authors
    }
}

/// A submission as an assignment sees it.
public struct AssignableSubmission: Codable, Hashable, Sendable {
    public var submission: SubmissionID
    public var number: Int
    public var status: SubmissionStatus
    public var authors: [EmailAddress]
    public var conflicts: [AccountID]

    public init(
        submission: SubmissionID, number: Int, status: SubmissionStatus,
        authors: [EmailAddress], conflicts: [AccountID]
    ) {
        self.submission = submission
        self.number = number
        self.status = status
        self.authors = authors
        self.conflicts = conflicts
    }
}

/// An uploaded file, as its owner sees it.
public struct FileView: Codable, Hashable, Sendable {
    public var file_id: FileID
    public var name: String
    public var size: Int64
    public var sha256: String
    public var pages: Int

    public init(file_id: FileID, name: String, size: Int64, sha256: String, pages: Int) {
        self.file_id = file_id
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.pages = pages
    }
}

/// A file's place in the blob store.
public struct FileLocation: Codable, Hashable, Sendable {
    public var blob: BlobID
    public var name: String
    public var byteCount: Int64
    public var sha256: String

    public init(blob: BlobID, name: String, byteCount: Int64, sha256: String) {
        self.blob = blob
        self.name = name
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}
