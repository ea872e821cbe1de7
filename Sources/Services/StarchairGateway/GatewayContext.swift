import Cluster
import Hummingbird
import Logging
import Platform
import StarchairAPI

/// What a request carries through the routes.
public struct GatewayContext: RequestContext {
    /// What makes a context: the server and a simulation have a logger in common.
    public struct Source: RequestContextSource {
        public let logger: Logger

        /// Names the logger of a request.
        public init(logger: Logger) { self.logger = logger }
    }

    public var coreContext: CoreRequestContextStorage
    /// Who asks, as the session says.
    var principal = Principal.anonymous
    /// The session by which the asker is known.
    var session: Secret?
    /// Who asks, when somebody signed in.
    var authentication: Authentication?
    /// The client's name for its intention, or one that the edge drew.
    var requestID: Cluster.RequestID = "unset"

    public init(source: Source) { coreContext = .init(source: source) }
}
