import HTTPTypes
import Hummingbird
import PeerReview
import StarchairAPI

/// `/api/conference`
struct ConferenceRoutes {
    let gateway: Gateway

    private struct NewState: Decodable {
        var status: ConferenceState
    }

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("check") { _, _ in Response.reply("ready") }
        routes.post("createConference") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(ProposeConference.self, from: request)
            return Response.reply(try await gateway.call(message, context), status: .created)
        }
        for (path, approve) in [("approveConference", true), ("rejectConference", false)] {
            routes.post("\(path)/:id") { _, context in
                let id = try context.id("id", as: Conference.self)
                let message = JudgeConference(conference: id, approve: approve)
                return Response.reply(try await gateway.call(message, context))
            }
        }
        routes.post("changeStatus/:id") { request, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Conference.self)
            let body = try await JSON.decode(NewState.self, from: request)
            let message = ChangeConferenceState(conference: id, state: body.status)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.get("getConferenceById/:id") { _, context in
            let id = try context.id("id", as: Conference.self)
            return Response.reply(try await gateway.call(GetConference(conference: id), context))
        }
        let lists: [(HTTPRequest.Method, RouterPath, ListConferences.Selection)] = [
            (.get, "getAcceptConference", .accepted), (.get, "getUncheckedConference", .unchecked),
            (.post, "attendAsChairman", .chaired),
        ]
        for (method, path, selection) in lists {
            routes.on(path, method: method) { request, context in
                if selection != .accepted { _ = try context.signedIn() }
                let place = try request.listPlace()
                let message = ListConferences(
                    selection: selection, after: place.after, limit: place.limit)
                return Response.reply(try await gateway.call(message, context))
            }
        }
    }
}
