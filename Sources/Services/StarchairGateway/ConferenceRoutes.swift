import HTTPTypes
import Hummingbird
import PeerReview
import Platform
import StarchairAPI

/// `/api/conference`
struct ConferenceRoutes {
    let gateway: Gateway

    private struct NewState: Decodable {
        var status: ConferenceState
    }

    private struct NewDeadline: Decodable {
        var stopSubmittingTime: Instant?
    }

    private struct NewMember: Decodable {
        var account: AccountID
        var role: CommitteeRole?
    }

    private struct Named: Decodable {
        var id: ConferenceID
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
        routes.post("changeDeadline/:id") { request, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Conference.self)
            let body = try await JSON.decode(NewDeadline.self, from: request)
            let message = MoveDeadline(
                conference: id, stopSubmittingTime: body.stopSubmittingTime)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.get("getConferenceById/:id") { _, context in
            let id = try context.id("id", as: Conference.self)
            return Response.reply(try await gateway.call(GetConference(conference: id), context))
        }
        routes.post("addPcMember/:id") { request, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Conference.self)
            let body = try await JSON.decode(NewMember.self, from: request)
            let message = AddMember(
                conference: id, account: body.account, role: body.role ?? .member)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.post("visible") { request, context in
            let body = try await JSON.decode(Named.self, from: request)
            return Response.reply(
                try await gateway.isDone(GetConference(conference: body.id), context))
        }
        addLists(to: routes)
    }

    private func addLists(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("getPcMembers/:id") { request, context in
            let id = try context.id("id", as: Conference.self)
            let place = try request.listPlace()
            let message = ListMembers(conference: id, after: place.after, limit: place.limit)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.post("attendAsContributor") { request, context in
            try await contributed(request, context)
        }
        let lists: [(HTTPRequest.Method, RouterPath, ListConferences.Selection)] = [
            (.get, "getAcceptConference", .accepted), (.get, "getUncheckedConference", .unchecked),
            (.post, "attendAsChairman", .chaired), (.post, "attendAsPc", .served),
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

    /// The conferences of a page of the asker's own submissions, each once on the page.
    private func contributed(
        _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        _ = try context.signedIn()
        let place = try request.listPlace()
        let own = try await gateway.call(
            ListDrafts(conference: nil, after: place.after, limit: place.limit), context)
        let ids = Set(own.items.map(\.confId)).sorted()
        let found = try await gateway.call(GetConferences(conferences: ids), context)
        return Response.reply(ListPage(items: found.items, next: own.next))
    }
}
