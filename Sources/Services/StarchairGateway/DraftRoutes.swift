import Cluster
import HTTPTypes
import Hummingbird
import PeerReview
import StarchairAPI

/// `/api/draft`
struct DraftRoutes {
    let gateway: Gateway
    let files: Gateway.Files

    /// A change; the version it was made from may stand in `If-Match` instead.
    private struct Change: Decodable {
        var id: SubmissionID
        var version: Int64?
        var title: String?
        var summary: String?
        var topics: [String]?
        var authors: [Author]?
        var file_id: FileID?
    }

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        let (upload, download) = (
            FileUpload(gateway: gateway, files: files), FileDownload(gateway: gateway, files: files)
        )
        routes.get("check") { _, _ in Response.reply("ready") }
        routes.post("upload") { try await upload.respond(to: $0, $1) }
        routes.get("download/:file") { _, context in
            try await download.respond(context.id("file", as: SubmissionFile.self), context)
        }
        routes.post("submitDraft") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(SubmitDraft.self, from: request)
            return Self.reply(try await gateway.call(message, context), status: .created)
        }
        routes.post("modifyDraft") { request, context in
            _ = try context.signedIn()
            let message = try await Self.modification(request)
            return Self.reply(try await gateway.call(message, context))
        }
        routes.post("withdrawDraft") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(WithdrawDraft.self, from: request)
            return Self.reply(try await gateway.call(message, context))
        }
        routes.post("declareConflict") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(DeclareConflict.self, from: request)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.get("getConflicts/:id") { _, context in
            let id = try context.id("id", as: Submission.self)
            return Response.reply(try await gateway.call(ListConflicts(draftId: id), context))
        }
        addLists(to: routes)
    }

    private func addLists(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("getDraftById/:id") { _, context in
            let id = try context.id("id", as: Submission.self)
            return Self.reply(try await gateway.call(GetDraft(submission: id), context))
        }
        routes.get("getDraftByAuthor") { request, context in
            try await list(nil, request, context)
        }
        // The same answer under the name that asks what one may see.
        for path: RouterPath in ["getDraftByConference/:id", "visible/:id"] {
            routes.get(path) { request, context in
                try await list(context.id("id", as: Conference.self), request, context)
            }
        }
    }

    private func list(
        _ conference: ConferenceID?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let place = try request.listPlace()
        let message = ListDrafts(conference: conference, after: place.after, limit: place.limit)
        return Response.reply(try await gateway.call(message, context))
    }

    private static func reply(
        _ view: SubmissionView, status: HTTPResponse.Status = .ok
    ) -> Response {
        var response = Response.reply(view, status: status)
        response.headers[.eTag] = "\"\(view.version)\""
        return response
    }

    private static func modification(_ request: Request) async throws -> ModifyDraft {
        let change = try await JSON.decode(Change.self, from: request)
        var version = change.version
        if let header = request.headers[.ifMatch] {
            version = Int64(header.filter { $0 != "\"" })
            // Any other tag, a weak one too, matches no version (RFC 9110, section 13.1.1).
            guard let version, header == "\"\(version)\"" else {
                throw Problem(Refusal(DraftRefusal.versionConflict))
            }
        }
        guard let version else {
            throw Problem(
                .preconditionRequired, "versionRequired",
                "Name the version that you read: `version`, or If-Match with its ETag.")
        }
        return ModifyDraft(
            id: change.id, version: version, title: change.title, summary: change.summary,
            topics: change.topics, authors: change.authors, file_id: change.file_id)
    }
}
