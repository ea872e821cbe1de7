import Cluster
import HTTPTypes
import Hummingbird
import Platform
import StarchairAPI

/// Gives each request an id and each error the form of a problem.
struct AnswerMiddleware: RouterMiddleware {
    let platform: Platform

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            var context = context
            context.requestID = try requestID(of: request)
            var request = request
            request.body = RequestBody(
                asyncSequence: PacedBody(body: request.body, clock: platform.clock))
            response = try await next(request, context)
        } catch {
            response = Problem(answering: error).response
        }
        response.headers[.contentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private func requestID(of request: Request) throws -> Cluster.RequestID {
        guard let text = request.headers[.idempotencyKey] else {
            return Cluster.RequestID(platform.random, for: "request id")
        }
        guard text.utf8.count <= 40, let id = Cluster.RequestID(text) else {
            throw Problem.badRequest(
                "invalidIdempotencyKey", "An Idempotency-Key is 1 to 40 of A-Z a-z 0-9 - _.")
        }
        return id
    }
}

/// Refuses changes that another site's page asks for in a visitor's name.
struct OriginMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        if request.method != .get, request.method != .head {
            try Self.requireOwnOrigin(of: request)
        }
        return try await next(request, context)
    }

    /// Refuses what a page of another site asks for; a program that is no browser says nothing
    /// of a page.
    static func requireOwnOrigin(of request: Request) throws {
        guard let origin = request.headers[.origin],
            origin.drop(while: { $0 != "/" }) != "//\(request.head.authority ?? "")"
        else { return }
        throw Problem(.forbidden, "foreignOrigin", "Another site's page may not do this.")
    }
}

/// Finds out who asks.
struct SessionMiddleware: RouterMiddleware {
    let gateway: Gateway

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard let session = SessionCookie.read(from: request) else {
            return try await next(request, context)
        }
        var context = context
        // A session that ended leaves a visitor; one that cannot be judged is no answer.
        if let known = try await gateway.sessions.holder(
            of: session, timeout: gateway.configuration.requestTimeout)
        {
            context.principal = Principal(known)
            context.session = session
            context.authentication = known
        }
        return try await next(request, context)
    }
}
