import Cluster
import ConferenceService
import DraftService
import Effects
import Hummingbird
import PeerReview
import Platform
import Ports
import StarchairAPI
import StarchairGateway
import UserService

/// What a node's services are given: the ports, one store for each service, and the settings.
public struct Edges: Sendable {
    /// Each service's own store.
    public var stores: @Sendable (ServiceName) -> any DocumentStore
    /// The files of submissions.
    public var blobs: any BlobStore
    /// The way out for letters.
    public var mailer: any Mailer
    /// The hash of passwords.
    public var hasher: any PasswordHasher
    /// The judge of uploads.
    public var inspector: any PDFInspector
    /// Who sees what.
    public var policy: VisibilityPolicy
    /// The address under which people reach the installation, without a slash at the end.
    public var publicURL: String

    /// Names all that services need.
    public init(
        stores: @escaping @Sendable (ServiceName) -> any DocumentStore, blobs: any BlobStore,
        mailer: any Mailer, hasher: any PasswordHasher, inspector: any PDFInspector,
        policy: VisibilityPolicy = .standard, publicURL: String
    ) {
        self.stores = stores
        self.blobs = blobs
        self.mailer = mailer
        self.hasher = hasher
        self.inspector = inspector
        self.policy = policy
        self.publicURL = publicURL
    }
}

/// The place that puts the system together: any set of services on a node, with their HTTP edge.
public struct Installation: Sendable {
    /// All services there are.
    public static let services: [ServiceName] = [.user, .conference, .draft]

    /// The HTTP edge of the services that the node hosts.
    public let responder: RouterResponder<GatewayContext>
    private let background: [(name: String, run: @Sendable () async -> Void)]
    private let node: Node

    /// Hosts `services` on `node`, which must not have started.
    public init(of services: [ServiceName], on node: Node, edges: Edges) {
        var background: [(name: String, run: @Sendable () async -> Void)] = []
        for name in services {
            let effects = Effects(store: edges.stores(name), platform: node.platform)
            switch name {
            case .user:
                let service = UserService(
                    .init(publicURL: edges.publicURL), effects: effects, platform: node.platform,
                    mailer: edges.mailer, hasher: edges.hasher)
                node.host(service.service)
                background += service.background
            case .conference:
                let service = ConferenceService(effects: effects, client: node.client)
                node.host(service.service)
                background += service.background
            case .draft:
                let service = DraftService(
                    effects: effects, client: node.client, blobs: edges.blobs,
                    policy: edges.policy)
                node.host(service.service)
                background += service.background
            default: preconditionFailure("there is no \(name.text)")
            }
        }
        let gateway = Gateway(
            .init(isSecure: edges.publicURL.hasPrefix("https:")), client: node.client)
        responder = gateway.responder(
            for: services, files: .init(blobs: edges.blobs, inspector: edges.inspector))
        self.background = background
        self.node = node
    }

    /// Starts the node and what its services do beside answering.
    public func start() async throws(TransportError) {
        try await node.start()
        for task in background { node.startInBackground(task.name, task.run) }
    }
}
