import Hummingbird
import StarchairAPI

/// `/api/discuss`
struct DiscussionRoutes {
    let gateway: Gateway

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("check") { _, _ in Response.reply("ready") }
        routes.get("getOrCreateByDraft/:id") { request, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Submission.self)
            let place = try request.listPlace()
            let message = GetThread(draftId: id, after: place.after, limit: place.limit)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.post("createPost") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(CreatePost.self, from: request)
            return Response.reply(try await gateway.call(message, context), status: .created)
        }
        routes.post("createReply") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(CreateReply.self, from: request)
            return Response.reply(try await gateway.call(message, context), status: .created)
        }
    }
}
