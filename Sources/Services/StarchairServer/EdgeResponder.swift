import Hummingbird
import NIOCore
import StarchairGateway

/// Sends `/api` to the gateway, who wants a live connection to where there are some, and everything
/// else to the application's files.
struct EdgeResponder: HTTPResponder {
    /// What a request carries: the channel, which a live connection takes over.
    struct Context: RequestContext {
        typealias Source = ApplicationRequestContextSource

        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }
    }

    let gateway: RouterResponder<GatewayContext>
    let web: WebFiles?
    let live: LiveResponder?
    let onAnswered: StarchairServer.OnAnswered

    func respond(to request: Request, context: Context) async throws -> Response {
        if let live, request.uri.path == live.endpoint.path {
            return await live.respond(to: request, on: context.channel)
        }
        let begin = ContinuousClock.now
        let response = try await answer(request, context)
        onAnswered(response.status, ContinuousClock.now - begin)
        return response
    }

    private func answer(_ request: Request, _ context: Context) async throws -> Response {
        guard request.uri.path.hasPrefix("/api/") else {
            return web?.response(to: request) ?? Response(status: .notFound)
        }
        return try await gateway.respond(
            to: request, context: GatewayContext(source: .init(logger: context.logger)))
    }
}
