import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DraftService {
    func draft(_ message: GetDraft, _ context: CallContext) async throws -> SubmissionView {
        let (read, standing) = try await readable(message.submission, context)
        return try Self.seen(read.value, version: read.version, standing)
    }

    func locate(_ message: LocateFile, _ context: CallContext) async throws -> FileLocation {
        let account = try Self.account(of: context)
        guard
            let file = try await effects.store.read(
                message.file.text, in: FileRecord.collection)?.value
        else { throw Refusal(DraftRefusal.noSuchFile) }
        var location = FileLocation(
            blob: file.blob, name: file.name, byteCount: file.byteCount, sha256: file.sha256)
        guard let id = file.submission else {
            guard file.owner == account else { throw Refusal(DraftRefusal.noSuchFile) }
            return location
        }
        do {
            let (read, standing) = try await readable(id, context)
            guard standing.fields.contains(.file) else {
                throw Refusal(DraftRefusal.noSuchFile)
            }
            // The name that authors gave it may say who they are.
            if !standing.fields.contains(.authors) {
                location.name = "submission-\(read.value.number).pdf"
            }
        } catch is Refusal<DraftRefusal> {
            throw Refusal(DraftRefusal.noSuchFile)
        }
        return location
    }

    /// A submission, for an asker who may know of it.
    func readable(
        _ id: SubmissionID, _ context: CallContext
    ) async throws -> (Versioned<SubmissionRecord>, Standing) {
        _ = try Self.account(of: context)
        guard let read = try await effects.store.read(id.text, in: SubmissionRecord.collection)
        else { throw Refusal(DraftRefusal.noSuchSubmission) }
        let standings = try await standings(
            of: Viewer(context.principal), to: [read.value], context)
        guard let standing = standings[id], standing.fields.contains(.existence) else {
            throw Refusal(DraftRefusal.noSuchSubmission)
        }
        return (read, standing)
    }

    static func seen(
        _ submission: SubmissionRecord, version: Int64, _ standing: Standing
    ) throws -> SubmissionView {
        guard let view = submission.view(standing.fields, version: version) else {
            throw Refusal(DraftRefusal.noSuchSubmission)
        }
        return view
    }
}
