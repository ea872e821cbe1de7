import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DraftService {
    func draft(_ message: GetDraft, _ context: CallContext) async throws -> SubmissionView {
        let (read, conference) = try await readable(message.submission, context)
        return try seen(read.value, version: read.version, conference, context)
    }

    func list(
        _ message: ListDrafts, _ context: CallContext
    ) async throws -> ListPage<SubmissionView> {
        _ = try Self.account(of: context)
        let limit = min(max(message.limit, 1), ListCursor.limitRange.upperBound)
        let page = try await page(message, context, limit: limit)
        let conferences = try await conferences(
            Set(page.items.map(\.value.conference)), context)
        var items: [SubmissionView] = []
        for item in page.items {
            guard let conference = conferences[item.value.conference] else { continue }
            let fields = fields(of: item.value, conference, context)
            if let view = item.value.view(fields, version: item.version) { items.append(view) }
        }
        return ListPage(items: items, next: page.next.map { ListCursor($0) })
    }

    private func page(
        _ message: ListDrafts, _ context: CallContext, limit: Int
    ) async throws -> Page<SubmissionRecord> {
        if let id = message.conference {
            let conference = try await conference(id, context)
            // A list of what one may not see would still tell how much there is.
            guard let account = context.principal.accountID,
                conference.chairman.contains(account)
            else { throw Refusal(DraftRefusal.noSuchConference) }
            return try await effects.store.page(
                "conference", in: SubmissionRecord.collection, prefix: [.text(id.text)],
                after: message.after?.place, limit: limit)
        }
        guard let address = context.principal.verifiedAddresses.first else {
            return Page(items: [], next: nil)
        }
        return try await effects.store.page(
            "author", in: SubmissionRecord.collection, prefix: [.text(address.text)],
            descending: true, after: message.after?.place, limit: limit)
    }

    func locate(_ message: LocateFile, _ context: CallContext) async throws -> FileLocation {
        let account = try Self.account(of: context)
        guard
            let file = try await effects.store.read(
                message.file.text, in: FileRecord.collection)?.value
        else { throw Refusal(DraftRefusal.noSuchFile) }
        let location = FileLocation(
            blob: file.blob, name: file.name, byteCount: file.byteCount, sha256: file.sha256)
        guard let id = file.submission else {
            guard file.owner == account else { throw Refusal(DraftRefusal.noSuchFile) }
            return location
        }
        do {
            let (read, conference) = try await readable(id, context)
            guard fields(of: read.value, conference, context).contains(.file) else {
                throw Refusal(DraftRefusal.noSuchFile)
            }
        } catch is Refusal<DraftRefusal> {
            throw Refusal(DraftRefusal.noSuchFile)
        }
        return location
    }

    /// A submission and its conference, for an asker who may know of it.
    func readable(
        _ id: SubmissionID, _ context: CallContext
    ) async throws -> (Versioned<SubmissionRecord>, ConferenceView) {
        _ = try Self.account(of: context)
        guard let read = try await effects.store.read(id.text, in: SubmissionRecord.collection)
        else { throw Refusal(DraftRefusal.noSuchSubmission) }
        let conference = try await conference(read.value.conference, context)
        guard fields(of: read.value, conference, context).contains(.existence) else {
            throw Refusal(DraftRefusal.noSuchSubmission)
        }
        return (read, conference)
    }

    func fields(
        of submission: SubmissionRecord, _ conference: ConferenceView, _ context: CallContext
    ) -> Set<SubmissionField> {
        policy.fields(
            relations: relations(of: context.principal, to: submission, in: conference),
            windows: conference.status.openWindows)
    }

    func seen(
        _ submission: SubmissionRecord, version: Int64, _ conference: ConferenceView,
        _ context: CallContext
    ) throws -> SubmissionView {
        let fields = fields(of: submission, conference, context)
        guard let view = submission.view(fields, version: version) else {
            throw Refusal(DraftRefusal.noSuchSubmission)
        }
        return view
    }
}
