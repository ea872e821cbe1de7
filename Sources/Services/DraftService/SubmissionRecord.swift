import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

/// A submission as it is stored.
struct SubmissionRecord: Codable, Sendable {
    var id: SubmissionID
    var number: Int
    var conference: ConferenceID
    var title: String
    var summary: String
    var topics: [String]
    var authors: [Author]
    var contributor: AccountID
    var file: FileID
    var status: SubmissionStatus
    var submitted: Instant

    static let collection = DocumentCollection<SubmissionRecord>("submissions") { submission in
        let moment = IndexKey.Part.text(submission.submitted.description)
        let conference = IndexEntry(
            index: "conference",
            key: [.text(submission.conference.text), .integer(Int64(submission.number))])
        return [conference]
            + submission.authors.map { author in
                IndexEntry(index: "author", key: [.text(author.email.text), moment])
            }
    }

    /// The submission to the extent of `fields`; nil when not even its existence is seen.
    func view(_ fields: Set<SubmissionField>, version: Int64) -> SubmissionView? {
        guard fields.contains(.existence) else { return nil }
        var view = SubmissionView(
            id: id, number: number, confId: conference, version: version)
        if fields.contains(.title) { view.title = title }
        if fields.contains(.summary) { view.summary = summary }
        if fields.contains(.topics) { view.topics = topics }
        if fields.contains(.authors) { view.authors = authors }
        if fields.contains(.contributor) { view.contributor = contributor }
        if fields.contains(.file) { view.file_id = file }
        if fields.contains(.status) { (view.status, view.submittedTime) = (status, submitted) }
        return view
    }

    /// Whether one of the authors has an address that the viewer has shown to be its own.
    func isWritten(by viewer: Viewer) -> Bool {
        authors.contains { viewer.addresses.contains($0.email) }
    }
}

/// An uploaded file as it is stored; its document bears the id of its content.
struct FileRecord: Codable, Sendable {
    var id: FileID
    var blob: BlobID
    var owner: AccountID
    var name: String
    var byteCount: Int64
    var sha256: String
    var pageCount: Int
    var added: Instant
    /// The submission that names the file; nil while none does.
    var submission: SubmissionID?

    static let collection = DocumentCollection<FileRecord>("files") { file in
        guard file.submission == nil else { return [] }
        return [
            IndexEntry(index: "unused", key: [.text(file.owner.text)]),
            IndexEntry(index: "age", key: [.text(file.added.description)]),
        ]
    }

    var view: FileView {
        FileView(file_id: id, name: name, size: byteCount, sha256: sha256, pages: pageCount)
    }
}

/// How many submissions of a conference have a number.
struct NumberRecord: Codable, Sendable {
    var last: Int

    static let collection = DocumentCollection<NumberRecord>("numbers")
}

/// A declared conflict as it is stored.
struct ConflictRecord: Codable, Sendable {
    var submission: SubmissionID
    var account: AccountID
    var kind: ConflictKind
    var reason: String
    /// Whether the authors declared it, and so may see it.
    var isFromAuthors: Bool
    var declared: Instant

    static let collection = DocumentCollection<ConflictRecord>("conflicts") { conflict in
        [
            IndexEntry(
                index: "submission",
                key: [.text(conflict.submission.text), .text(conflict.account.text)])
        ]
    }

    /// Authors and others declare apart from each other: neither learns what the others said.
    static func id(
        _ submission: SubmissionID, _ account: AccountID, isFromAuthors: Bool
    ) -> String {
        "\(submission.text)/\(account.text)\(isFromAuthors ? "/authors" : "")"
    }

    var view: ConflictView {
        ConflictView(draftId: submission, account: account, kind: kind, reason: reason)
    }
}

/// Who is conflicted with a submission, whose id is the document's.
struct ConflictListRecord: Codable, Sendable {
    var accounts: [AccountID]
    /// How many of them the authors named first.
    var countFromAuthors: Int

    static let collection = DocumentCollection<ConflictListRecord>("conflictLists")
}
