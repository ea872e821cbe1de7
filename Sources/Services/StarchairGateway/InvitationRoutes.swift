import Hummingbird
import StarchairAPI

/// `/api/invitation`
struct InvitationRoutes {
    let gateway: Gateway

    private struct Reason: Decodable {
        var reason: String?
    }

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("check") { _, _ in Response.reply("ready") }
        routes.post("createInvitation") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(CreateInvitation.self, from: request)
            return Response.reply(try await gateway.call(message, context), status: .created)
        }
        for (path, accept) in [("approve", true), ("reject", false)] {
            routes.post("\(path)/:id") { request, context in
                _ = try context.signedIn()
                let id = try context.id("id", as: Invitation.self)
                let body = try await JSON.decodeIfPresent(Reason.self, from: request)
                let message = AnswerInvitation(id: id, accept: accept, reason: body?.reason)
                return Response.reply(try await gateway.call(message, context))
            }
        }
        routes.post("withdraw/:id") { _, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Invitation.self)
            return Response.reply(try await gateway.call(WithdrawInvitation(id: id), context))
        }
        let lists: [(RouterPath, ListInvitations.Selection)] = [
            ("received", .received), ("sent", .sent),
        ]
        for (path, selection) in lists {
            routes.post(path) { request, context in
                _ = try context.signedIn()
                let place = try request.listPlace()
                let message = ListInvitations(
                    selection: selection, after: place.after, limit: place.limit)
                return Response.reply(try await gateway.call(message, context))
            }
        }
    }
}
