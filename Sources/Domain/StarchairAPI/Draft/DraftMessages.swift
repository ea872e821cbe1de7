import Cluster
import PeerReview
import Platform
import Ports

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
}

/// Makes an uploaded file the asker's, to be named in a submission.
public struct AddFile: Message {
    public typealias Reply = FileView
    public typealias Code = DraftRefusal
    public static let service = ServiceName.draft
    public static let name = "addFile"
    public static let kind = MessageKind.command

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
public struct SubmitDraft: Message {
    public typealias Reply = SubmissionView
    public typealias Code = DraftRefusal
    public static let service = ServiceName.draft
    public static let name = "submitDraft"
    public static let kind = MessageKind.command

    public var confId: ConferenceID
    public var title: String
    public var summary: String
    public var topics: [String]?
    /// At most 200, besides the one who submits.
    public var authors: [Author]?
    public var file_id: FileID
}

/// Changes a submission; what is nil stays as it is.
public struct ModifyDraft: Message {
    public typealias Reply = SubmissionView
    public typealias Code = DraftRefusal
    public static let service = ServiceName.draft
    public static let name = "modifyDraft"
    public static let kind = MessageKind.command

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
public struct GetDraft: Message {
    public typealias Reply = SubmissionView
    public typealias Code = DraftRefusal
    public static let service = ServiceName.draft
    public static let name = "getDraft"
    public static let kind = MessageKind.query

    public var submission: SubmissionID

    public init(submission: SubmissionID) { self.submission = submission }
}

/// A page of submissions: the asker's own, or those of a conference.
public struct ListDrafts: Message {
    public typealias Reply = ListPage<SubmissionView>
    public typealias Code = DraftRefusal
    public static let service = ServiceName.draft
    public static let name = "listDrafts"
    public static let kind = MessageKind.query

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
public struct LocateFile: Message {
    public typealias Reply = FileLocation
    public typealias Code = DraftRefusal
    public static let service = ServiceName.draft
    public static let name = "locateFile"
    public static let kind = MessageKind.query

    public var file: FileID

    public init(file: FileID) { self.file = file }
}
