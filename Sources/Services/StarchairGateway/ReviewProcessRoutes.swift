import Cluster
import HTTPTypes
import Hummingbird
import StarchairAPI

/// `/api/reviewProcess`
struct ReviewProcessRoutes {
    let gateway: Gateway

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("check") { _, _ in Response.reply("ready") }
        add("bid", PlaceBid.self, to: routes)
        add("allocDraft", AssignReviewers.self, to: routes)
        add("assign", AssignReviewer.self, to: routes)
        add("decline", DeclineAssignment.self, to: routes)
        add("score", WriteReview.self, to: routes)
        add("rebuttal", WriteRebuttal.self, to: routes)
        add("decide", Decide.self, to: routes)
        add("release", Release.self, to: routes)
        routes.get("getBids/:id") { request, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Conference.self)
            let place = try request.listPlace()
            let message = ListBids(conference: id, after: place.after, limit: place.limit)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.get("getReviewProcessByDraftId/:id") { _, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Submission.self)
            return Response.reply(
                try await gateway.call(GetReviewProcess(submission: id), context))
        }
        routes.post("getReviewProcessByPcMember") { request, context in
            try await list(nil, request, context)
        }
        routes.post("getReviewProcessByConfId/:id") { request, context in
            try await list(context.id("id", as: Conference.self), request, context)
        }
    }

    /// A route whose body is the message.
    private func add<M: Command>(
        _ path: RouterPath, _ type: M.Type, to routes: RouterGroup<GatewayContext>
    ) {
        let gateway = gateway
        routes.post(path) { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(M.self, from: request)
            return Response.reply(try await gateway.call(message, context))
        }
    }

    private func list(
        _ conference: ConferenceID?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        _ = try context.signedIn()
        let place = try request.listPlace()
        let message = ListReviewProcesses(
            conference: conference, after: place.after, limit: place.limit)
        return Response.reply(try await gateway.call(message, context))
    }
}
