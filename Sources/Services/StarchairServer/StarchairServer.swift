import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import StarchairGateway

/// The listener: takes connections, serves the application's files, upgrades live connections and
/// hands the rest to the gateway. It is what cannot run inside a simulation.
public struct StarchairServer: Sendable {
    /// What an operator decides.
    public struct Configuration: Sendable {
        /// The address to bind to: loopback unless the operator says otherwise.
        public var host: String
        /// The port; 0 lets the system choose one.
        public var port: Int
        /// Connections that may be open at once.
        public var connectionCountMaximum = 2048
        /// How many of them may be live connections.
        public var liveConnectionCountMaximum = 1024
        /// How long a connection of HTTP may be silent.
        public var idleTimeout = Duration.seconds(75)
        var webSocketTiming = WebSocketTiming()

        /// The usual configuration.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Is told what a request was answered, and how long it took until the answer began.
    public typealias OnAnswered = @Sendable (HTTPResponse.Status, Duration) -> Void

    /// Bytes of a request's head.
    static let headByteCountMaximum = 32 * 1024

    private let configuration: Configuration
    private let responder: EdgeResponder
    private let logger: Logger

    /// A server of the gateway's routes and, if they are given, of the application's files and
    /// of live connections.
    public init(
        _ configuration: Configuration, gateway: RouterResponder<GatewayContext>,
        web: WebFiles? = nil, live: LiveEndpoint? = nil, logger: Logger,
        onAnswered: @escaping OnAnswered = { _, _ in }
    ) {
        self.configuration = configuration
        responder = EdgeResponder(
            gateway: gateway, web: web,
            live: live.map {
                LiveResponder(
                    endpoint: $0,
                    places: LivePlaces(count: configuration.liveConnectionCountMaximum),
                    timing: configuration.webSocketTiming)
            }, onAnswered: onAnswered)
        self.logger = logger
    }

    /// Serves until the task is cancelled or the process is asked to end, then finishes what
    /// was begun.
    ///
    /// - Parameter onListening: is told the port once connections are taken.
    /// - Throws: what the system says when the address cannot be bound.
    public func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        try await application(onListening: onListening).runService()
    }

    /// The server as a service of a group, which decides when it ends.
    public var service: any Service { application { _ in } }

    private func application(
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        let channel = HTTP1Channel.Configuration(
            idleTimeout: .seconds(configuration.idleTimeout.components.seconds),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: Self.headByteCountMaximum,
                maxHeaderListSize: Self.headByteCountMaximum, maxHeaderFieldCount: 100))
        return Application(
            responder: responder,
            server: HTTPServerBuilder { responder in
                UpgradableHTTP1Channel(
                    http: HTTP1Channel(responder: responder, configuration: channel))
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connectionCountMaximum)),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) }, logger: logger)
    }
}
