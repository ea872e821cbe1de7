import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import StarchairGateway

/// The listener: takes connections, serves the application's files and hands the rest to the
/// gateway. It is what cannot run inside a simulation.
public struct StarchairServer: Sendable {
    /// What an operator decides.
    public struct Configuration: Sendable {
        /// The address to bind to: loopback unless the operator says otherwise.
        public var host: String
        /// The port; 0 lets the system choose one.
        public var port: Int
        /// Connections that may be open at once.
        public var connectionCountMaximum = 2048
        /// How long a connection may be silent.
        public var idleTimeout = Duration.seconds(75)

        /// The usual configuration.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Bytes of a request's head.
    static let headByteCountMaximum = 32 * 1024

    private let configuration: Configuration
    private let responder: EdgeResponder
    private let logger: Logger

    /// A server of the gateway's routes and of the application's files.
    public init(
        _ configuration: Configuration, gateway: RouterResponder<GatewayContext>, web: WebFiles,
        logger: Logger
    ) {
        self.configuration = configuration
        responder = EdgeResponder(gateway: gateway, web: web)
        self.logger = logger
    }

    /// Serves until the task is cancelled or the process is asked to end, then finishes what
    /// was begun.
    ///
    /// - Parameter onListening: is told the port once connections are taken.
    /// - Throws: what the system says when the address cannot be bound.
    public func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        let channel = HTTP1Channel.Configuration(
            idleTimeout: .seconds(configuration.idleTimeout.components.seconds),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: Self.headByteCountMaximum,
                maxHeaderListSize: Self.headByteCountMaximum, maxHeaderFieldCount: 100))
        let application = Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connectionCountMaximum)),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) }, logger: logger)
        try await application.runService()
    }
}

/// Sends `/api` to the gateway and everything else to the application's files.
struct EdgeResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let gateway: RouterResponder<GatewayContext>
    let web: WebFiles

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard request.uri.path.hasPrefix("/api/") else { return web.response(to: request) }
        return try await gateway.respond(
            to: request, context: GatewayContext(source: .init(logger: context.logger)))
    }
}
