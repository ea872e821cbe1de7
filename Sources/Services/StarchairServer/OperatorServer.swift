import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle

/// What an operator's tools ask a process: whether it lives, whether it is to be sent requests,
/// and how it does. It is on a port of its own, which no gateway leads to.
public struct OperatorServer: Sendable {
    private let host: String
    private let port: Int
    private let metrics: Metrics
    private let isReady: @Sendable () -> Bool
    private let logger: Logger

    /// Connections that may be open at once.
    static let connectionCountMaximum = 32

    /// - Parameter isReady: whether the process serves, and does not leave.
    public init(
        host: String, port: Int, metrics: Metrics, logger: Logger,
        isReady: @escaping @Sendable () -> Bool
    ) {
        self.host = host
        self.port = port
        self.metrics = metrics
        self.isReady = isReady
        self.logger = logger
    }

    /// The server as a service of a group, which decides when it ends.
    public var service: any Service {
        Application(
            responder: router.buildResponder(),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    Self.connectionCountMaximum)),
            logger: logger)
    }

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("health") { _, _ in "alive\n" }
        router.get("ready") { [isReady] _, _ in
            isReady()
                ? Self.text(.ok, "ready\n") : Self.text(.serviceUnavailable, "not ready\n")
        }
        router.get("metrics") { [metrics] _, _ in
            Self.text(.ok, metrics.text, type: "text/plain; version=0.0.4; charset=utf-8")
        }
        return router
    }

    private static func text(
        _ status: HTTPResponse.Status, _ text: String, type: String = "text/plain"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: text)))
    }
}
