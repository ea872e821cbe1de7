import Cluster
import PeerReview
import Platform
import Ports

/// A message to the DraftService.
public protocol DraftMessage: Message where Code == DraftRefusal {}

extension DraftMessage {
    public static var service: ServiceName { .draft }
}

/// Why the DraftService declines.
public enum DraftRefusal: String, RefusalCode {
    /// Nobody is signed in.
    case signInRequired
    /// The account has not verified its address yet.
    case addressNotVerified
    /// The text of a field breaks its rule; parameter `field`.
    case invalidField
    /// There is no such conference.
    case noSuchConference
    /// The conference does not take submissions now; parameter `state`.
    case windowClosed
    /// There is no such submission, or the asker may not know of it.
    case noSuchSubmission
    /// There is no such file, or it is not the asker's.
    case noSuchFile
    /// The submission was changed since it was read; parameter `version`.
    case versionConflict
    /// The asker has as many unused uploads as are allowed.
    case tooManyFiles
    /// The asker may not do this.
    case forbidden
    /// The submission was withdrawn.
    case withdrawn
    /// The asker chairs the conference, and so does not submit to it.
    case chairsDoNotSubmit
    /// As many conflicts as are allowed are declared for the submission.
    case tooManyConflicts
}

/// Makes an uploaded file the asker's, to be named in a submission.
public struct AddFile: DraftMessage, Command {
    public typealias Reply = FileView
    public static let name = "addFile"

    /// The content, already durable.
    public var blob: BlobID
    public var name: String
    public var byteCount: Int64
    /// Lower-case hexadecimal.
    public var sha256: String
    public var pageCount: Int

    public init(blob: BlobID, name: String, byteCount: Int64, sha256: String, pageCount: Int) {
        self.blob = blob
        self.name = name
        self.byteCount = byteCount
        self.sha256 = sha256
        self.pageCount = pageCount
    }

    /// The content alone: a repeated upload has another blob.
    public var fingerprinted: AddFile {
        AddFile(
            blob: Self.anyBlob, name: name, byteCount: byteCount, sha256: sha256,
            pageCount: pageCount)
    }

    private static let anyBlob: BlobID = "any"
}

/// Hands in a submission.
public struct SubmitDraft: DraftMessage, Command {
    public typealias Reply = SubmissionView
    public static let name = "submitDraft"

    public var confId: ConferenceID
    public var title: String
    public var summary: String
    public var topics: [String]?
    /// At most 200, besides the one who submits.
    public var authors: [Author]?
    public var file_id: FileID
}

/// Changes a submission; what is nil stays as it is.
public struct ModifyDraft: DraftMessage, Command {
    public typealias Reply = SubmissionView
    public static let name = "modifyDraft"

    public var id: SubmissionID
    /// The version that the change was made from.
    public var version: Int64
    public var title: String?
    public var summary: String?
    public var topics: [String]?
    public var authors: [Author]?
    public var file_id: FileID?

    public init(
        id: SubmissionID, version: Int64, title: String?, summary: String?, topics: [String]?,
        authors: [Author]?, file_id: FileID?
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.summary = summary
        self.topics = topics
        self.authors = authors
        self.file_id = file_id
    }
}

/// One submission, to the extent that the asker may see it.
public struct GetDraft: DraftMessage, Query {
    public typealias Reply = SubmissionView
    public static let name = "getDraft"

    public var submission: SubmissionID

    public init(submission: SubmissionID) { self.submission = submission }
}

/// A page of submissions: the asker's own, or those of a conference.
public struct ListDrafts: DraftMessage, Query {
    public typealias Reply = ListPage<SubmissionView>
    public static let name = "listDrafts"

    /// Those of this conference that the asker may see; nil: those the asker is an author of.
    public var conference: ConferenceID?
    public var after: ListCursor?
    public var limit: Int

    public init(conference: ConferenceID?, after: ListCursor?, limit: Int) {
        self.conference = conference
        self.after = after
        self.limit = limit
    }
}

/// Where a file's content is, for an asker who may read it.
public struct LocateFile: DraftMessage, Query {
    public typealias Reply = FileLocation
    public static let name = "locateFile"

    public var file: FileID

    public init(file: FileID) { self.file = file }
}

/// Takes a submission back; it stays, and is judged no more.
public struct WithdrawDraft: DraftMessage, Command {
    public typealias Reply = SubmissionView
    public static let name = "withdrawDraft"

    public var id: SubmissionID
    /// The version that the asker read.
    public var version: Int64

    public init(id: SubmissionID, version: Int64) {
        self.id = id
        self.version = version
    }
}

/// Declares that somebody must not judge a submission: authors and chairs declare it of anybody,
/// a member of the committee of itself. It ends that person's access before it is acknowledged.
public struct DeclareConflict: DraftMessage, Command {
    public typealias Reply = ConflictView
    public static let name = "declareConflict"

    public var draftId: SubmissionID
    /// Nil: the asker's own.
    public var account: AccountID?
    public var kind: ConflictKind
    public var reason: String?

    public init(
        draftId: SubmissionID, account: AccountID?, kind: ConflictKind, reason: String?
    ) {
        self.draftId = draftId
        self.account = account
        self.kind = kind
        self.reason = reason
    }
}

/// The declared conflicts of a submission: all of them for its chairs, those that the authors
/// declared for authors.
public struct ListConflicts: DraftMessage, Query {
    public typealias Reply = Listed<ConflictView>
    public static let name = "listConflicts"

    public var draftId: SubmissionID

    public init(draftId: SubmissionID) { self.draftId = draftId }
}

/// What somebody is to submissions; services only.
public struct GetSubmissionStandings: DraftMessage, Query {
    public typealias Reply = Listed<SubmissionStanding>
    public static let name = "getStandings"

    /// At most as many as a page of a list has rows; those that do not exist are missing.
    public var submissions: [SubmissionID]
    public var viewer: Viewer

    public init(submissions: [SubmissionID], viewer: Viewer) {
        self.submissions = submissions
        self.viewer = viewer
    }
}

/// A page of a conference's submissions with what an assignment must know; services only.
public struct ListForAssignment: DraftMessage, Query {
    public typealias Reply = ListPage<AssignableSubmission>
    public static let name = "listForAssignment"

    public var conference: ConferenceID
    public var after: ListCursor?
    public var limit: Int

    public init(conference: ConferenceID, after: ListCursor?, limit: Int) {
        self.conference = conference
        self.after = after
        self.limit = limit
    }
}
