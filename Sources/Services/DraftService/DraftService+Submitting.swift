import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DraftService {
    func addFile(_ message: AddFile, _ context: CallContext) async throws -> FileView {
        let account = try Self.account(of: context)
        guard TextRule.fileName.accepts(message.name) else {
            throw Refusal(DraftRefusal.invalidField, ["field": TextRule.fileName.name])
        }
        return try await effects.perform(message, context) { transaction in
            let unused = try await effects.store.page(
                "unused", in: FileRecord.collection, prefix: [.text(account.text)],
                limit: Self.unusedFileCountMaximum)
            guard unused.items.count < Self.unusedFileCountMaximum else {
                throw Refusal(DraftRefusal.tooManyFiles)
            }
            guard let id = FileID(message.blob.text) else {
                throw Refusal(DraftRefusal.noSuchFile)
            }
            let file = FileRecord(
                id: id, blob: message.blob, owner: account,
                name: message.name, byteCount: message.byteCount, sha256: message.sha256,
                pageCount: message.pageCount, added: transaction.now)
            try transaction.insert(file, id: file.id.text, in: FileRecord.collection)
            return file.view
        }
    }

    func submit(_ message: SubmitDraft, _ context: CallContext) async throws -> SubmissionView {
        let account = try Self.account(of: context)
        let own = try Self.author(of: context)
        try SubmissionRules.check(
            title: message.title, summary: message.summary, topics: message.topics ?? [],
            authors: message.authors ?? [])
        return try await effects.perform(message, context) { transaction in
            let viewer = Viewer(context.principal)
            let standing = try await conferenceStanding(message.confId, of: viewer, context)
            let conference = standing.conference
            // What is only proposed is known to its chair alone.
            guard conference.status.isPublic || standing.isChair else {
                throw Refusal(DraftRefusal.noSuchConference)
            }
            try Self.requireOpen(conference)
            guard !standing.isChair || conference.chairman.count > 1 else {
                throw Refusal(DraftRefusal.chairsDoNotSubmit)
            }
            let submission = SubmissionRecord(
                id: SubmissionID(platform.random, for: "submission id"),
                number: try await nextNumber(in: message.confId, &transaction),
                conference: message.confId, title: message.title, summary: message.summary,
                topics: message.topics ?? [],
                authors: SubmissionRules.authors(
                    message.authors ?? [], including: own),
                contributor: account, file: message.file_id, status: .submitted,
                submitted: transaction.now)
            try await use(message.file_id, of: account, for: submission.id, &transaction)
            try transaction.insert(
                submission, id: submission.id.text, in: SubmissionRecord.collection)
            for author in submission.authors {
                try transaction.announce(
                    Self.receipt(submission, conference, for: author), to: Self.notifications)
            }
            return Self.seenByAuthor(submission, version: 1)
        }
    }

    func modify(_ message: ModifyDraft, _ context: CallContext) async throws -> SubmissionView {
        let account = try Self.account(of: context)
        return try await effects.perform(message, context) { transaction in
            let (read, conference) = try await own(message.id, at: message.version, context)
            try Self.requireOpen(conference)
            guard read.value.status == .submitted else { throw Refusal(DraftRefusal.withdrawn) }
            var next = read.value
            next.title = message.title ?? next.title
            next.summary = message.summary ?? next.summary
            next.topics = message.topics ?? next.topics
            if let authors = message.authors {
                // One who changes the list stays on it: nobody loses a submission by a slip.
                next.authors = SubmissionRules.authors(
                    authors, including: try Self.author(of: context))
            }
            try SubmissionRules.check(
                title: next.title, summary: next.summary, topics: next.topics,
                authors: next.authors)
            if let file = message.file_id, file != next.file {
                try await use(file, of: account, for: next.id, &transaction)
                next.file = file
            }
            try transaction.replace(read, with: next, in: SubmissionRecord.collection)
            return Self.seenByAuthor(next, version: read.version + 1)
        }
    }

    func withdraw(_ message: WithdrawDraft, _ context: CallContext) async throws -> SubmissionView {
        _ = try Self.account(of: context)
        return try await effects.perform(message, context) { transaction in
            let (read, conference) = try await own(message.id, at: message.version, context)
            var next = read.value
            next.status = .withdrawn
            guard next.status != read.value.status else {
                return Self.seenByAuthor(next, version: read.version)
            }
            // What is decided is decided.
            guard conference.status.takesOnMembers else {
                throw Refusal(
                    DraftRefusal.windowClosed, ["state": conference.status.rawValue])
            }
            try transaction.replace(read, with: next, in: SubmissionRecord.collection)
            return Self.seenByAuthor(next, version: read.version + 1)
        }
    }

    /// The asker's own submission, in the version that the asker read.
    private func own(
        _ id: SubmissionID, at version: Int64, _ context: CallContext
    ) async throws -> (Versioned<SubmissionRecord>, ConferenceView) {
        let (read, standing) = try await readable(id, context)
        guard standing.relations.contains(.author) else {
            throw Refusal(DraftRefusal.noSuchSubmission)
        }
        guard read.version == version else {
            throw Refusal(DraftRefusal.versionConflict, ["version": "\(read.version)"])
        }
        return (read, standing.conference)
    }

    /// A submission as an author who just wrote it sees it.
    private static func seenByAuthor(
        _ submission: SubmissionRecord, version: Int64
    ) -> SubmissionView {
        guard let view = submission.view(authorFields, version: version) else {
            preconditionFailure("authors see their submissions")
        }
        return view
    }

    private static let authorFields: Set<SubmissionField> = [
        .existence, .title, .summary, .topics, .authors, .contributor, .file, .status,
    ]

    /// The asker as an author: one who has shown which address is its own.
    private static func author(of context: CallContext) throws -> Author {
        guard let address = context.principal.verifiedAddresses.first else {
            throw Refusal(DraftRefusal.addressNotVerified)
        }
        return Author(
            fullname: context.principal.fullname ?? address.text, email: address)
    }

    private static func requireOpen(_ conference: ConferenceView) throws {
        guard conference.status.openWindows.contains(.submission) else {
            throw Refusal(DraftRefusal.windowClosed, ["state": conference.status.rawValue])
        }
    }

    /// The next number of a conference; of two submissions at once one is decided anew.
    private func nextNumber(
        in conference: ConferenceID, _ transaction: inout Transaction
    ) async throws -> Int {
        let read = try await effects.store.read(conference.text, in: NumberRecord.collection)
        let number = (read?.value.last ?? 0) + 1
        if let read {
            try transaction.replace(
                read, with: NumberRecord(last: number), in: NumberRecord.collection)
        } else {
            try transaction.insert(
                NumberRecord(last: number), id: conference.text, in: NumberRecord.collection)
        }
        return number
    }

    /// Takes the asker's own unused upload for a submission.
    private func use(
        _ file: FileID, of account: AccountID, for submission: SubmissionID,
        _ transaction: inout Transaction
    ) async throws {
        guard let read = try await effects.store.read(file.text, in: FileRecord.collection),
            read.value.owner == account, read.value.submission == nil
        else { throw Refusal(DraftRefusal.noSuchFile) }
        var used = read.value
        used.submission = submission
        try transaction.replace(read, with: used, in: FileRecord.collection)
    }

    private static func receipt(
        _ submission: SubmissionRecord, _ conference: ConferenceView, for author: Author
    ) -> Notify {
        let event = NotificationEvent(
            .submissionReceived, confId: conference.id, shortenForm: conference.shortenForm,
            draftId: submission.id, number: submission.number,
            parameters: ["title": submission.title])
        return Notify(recipient: .address(author.email), event: event)
    }
}
