import Cluster
import Hummingbird
import Platform
import Ports
import StarchairAPI

/// The HTTP edge of a node: routes, sessions and problems, without a socket.
public struct Gateway: Sendable {
    /// What an installation decides.
    public struct Configuration: Sendable {
        /// Whether people reach the installation by HTTPS, so that cookies may demand it.
        public var isSecure: Bool
        /// How long a request may take in all.
        public var requestTimeout = Duration.seconds(20)

        /// The usual configuration.
        public init(isSecure: Bool) { self.isSecure = isSecure }
    }

    /// What the edge of the DraftService needs beside messages: files do not travel in them.
    public struct Files: Sendable {
        let blobs: any BlobStore
        let inspector: any PDFInspector

        /// The store of the files and the judge of what is one.
        public init(blobs: any BlobStore, inspector: any PDFInspector) {
            self.blobs = blobs
            self.inspector = inspector
        }
    }

    let configuration: Configuration
    let client: ClusterClient
    let sessions: SessionLookup

    /// A gateway that asks the services through `client`.
    public init(
        _ configuration: Configuration, client: ClusterClient, sessions: SessionLookup
    ) {
        self.configuration = configuration
        self.client = client
        self.sessions = sessions
    }

    /// The routes of `services`; those of the DraftService only with `files`.
    public func responder(
        for services: [ServiceName], files: Files?
    ) -> RouterResponder<GatewayContext> {
        let router = Router(context: GatewayContext.self)
        router.add(middleware: AnswerMiddleware(platform: client.platform))
        router.add(middleware: OriginMiddleware())
        router.add(middleware: SessionMiddleware(gateway: self))
        for service in services {
            switch service {
            case .user: UserRoutes(gateway: self).add(to: router.group("api/user"))
            case .conference:
                ConferenceRoutes(gateway: self).add(to: router.group("api/conference"))
            case .draft:
                guard let files else { preconditionFailure("drafts need a store for files") }
                DraftRoutes(gateway: self, files: files).add(to: router.group("api/draft"))
            case .invitation:
                InvitationRoutes(gateway: self).add(to: router.group("api/invitation"))
            case .discussion:
                DiscussionRoutes(gateway: self).add(to: router.group("api/discuss"))
            case .reviewProcess:
                ReviewProcessRoutes(gateway: self).add(to: router.group("api/reviewProcess"))
            case .notification:
                NotificationRoutes(gateway: self).add(to: router.group("api/notification"))
            default: preconditionFailure("\(service.text) has no routes")
            }
        }
        return router.buildResponder()
    }

    /// Sends a message on behalf of the asker.
    func call<M: Message>(_ message: M, _ context: GatewayContext) async throws -> M.Reply {
        let call = client.context(
            context.principal, requestID: context.requestID,
            timeout: configuration.requestTimeout)
        return try await Problem.orValue { () async throws(CallFailure<M.Code>) -> M.Reply in
            try await client.call(message, call)
        }
    }

    /// Whether a question is answered: false when it is refused.
    func isDone<M: Query>(_ message: M, _ context: GatewayContext) async throws -> Bool {
        let call = client.context(
            context.principal, requestID: context.requestID,
            timeout: configuration.requestTimeout)
        do throws(CallFailure<M.Code>) {
            _ = try await client.call(message, call)
            return true
        } catch {
            guard case .refused = error else { throw Problem(error.clusterError) }
            return false
        }
    }
}
