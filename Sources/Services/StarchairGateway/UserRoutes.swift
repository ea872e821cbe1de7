import Cluster
import HTTPTypes
import Hummingbird
import PeerReview
import StarchairAPI

/// `/api/user`
struct UserRoutes {
    let gateway: Gateway

    private struct Credentials: Decodable {
        var username: String
        var password: String
    }

    private struct Token: Decodable {
        var token: Secret
    }

    private struct Name: Decodable {
        var username: String
    }

    private struct Accounts: Decodable {
        var ids: [AccountID]
    }

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("check") { _, _ in Response.reply("ready") }
        routes.post("register") { request, context in
            let message = try await JSON.decode(Register.self, from: request)
            return Response.reply(try await gateway.call(message, context), status: .created)
        }
        routes.post("verify") { request, context in
            let body = try await JSON.decode(Token.self, from: request)
            return Response.reply(
                try await gateway.call(VerifyAddress(token: body.token), context))
        }
        routes.post("login") { request, context in
            let body = try await JSON.decode(Credentials.self, from: request)
            // What can be nobody's name is not looked up: a store refuses some of it.
            guard TextRule.username.accepts(body.username) else {
                throw Problem(Refusal(UserRefusal.wrongCredentials))
            }
            return try await signIn(context) { session in
                SignIn(username: body.username, password: body.password, session: session)
            }
        }
        routes.post("redeemLink") { request, context in
            let body = try await JSON.decode(Token.self, from: request)
            return try await signIn(context) { session in
                RedeemAdministratorLink(token: body.token, session: session)
            }
        }
        routes.post("logout") { _, context in
            if let session = context.session {
                _ = try await gateway.call(SignOut(session: session), context)
                await gateway.sessions.forget(session)
            }
            var response = Response.reply(true)
            SessionCookie.clear(on: &response, isSecure: gateway.configuration.isSecure)
            return response
        }
        routes.get("info") { _, context in
            let account = try context.signedIn().account
            return Response.reply(try await gateway.call(GetAccount(account: account), context))
        }
        routes.get("isAdmin") { _, context in
            Response.reply(try context.signedIn().isAdministrator)
        }
        routes.get("getUserById/:id") { _, context in
            let account = try context.id("id", as: Account.self)
            return Response.reply(try await gateway.call(GetAccount(account: account), context))
        }
        routes.post("findUserByName") { request, context in
            _ = try context.signedIn()
            let body = try await JSON.decode(Name.self, from: request)
            let place = try request.listPlace()
            let message = FindAccounts(
                word: body.username, after: place.after, limit: place.limit)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.post("findUserByIds") { request, context in
            _ = try context.signedIn()
            let body = try await JSON.decode(Accounts.self, from: request)
            guard body.ids.count <= ListCursor.limitRange.upperBound else {
                throw Problem.badRequest("invalidLimit", "Ask for at most 100 at once.")
            }
            return Response.reply(
                try await gateway.call(GetAccounts(accounts: body.ids), context))
        }
    }

    /// Opens a session by `message` and hands its token to the browser.
    private func signIn<M: Message>(
        _ context: GatewayContext, _ message: (Secret) -> M
    ) async throws -> Response where M.Reply == AccountView {
        var context = context
        let session = Secret(gateway.client.platform.random, for: "session token")
        // The token differs each time, so a repeated sign-in is another one.
        context.requestID = Cluster.RequestID(gateway.client.platform.random, for: "request id")
        var response = Response.reply(try await gateway.call(message(session), context))
        SessionCookie.set(session, on: &response, isSecure: gateway.configuration.isSecure)
        return response
    }
}
