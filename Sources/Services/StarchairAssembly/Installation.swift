import Cluster
import ConferenceService
import DiscussionService
import DraftService
import Effects
import Hummingbird
import InvitationService
import NotificationService
import PeerReview
import Platform
import Ports
import ReviewProcessService
import StarchairAPI
import StarchairGateway
import UserService

/// The place that puts the system together: any set of services on a node, with their HTTP edge.
public struct Installation: Sendable {
    /// All services there are, with the name of each one's database.
    public static let services: [(name: ServiceName, database: String)] = [
        (.user, "user"), (.conference, "conference"), (.draft, "draft"),
        (.invitation, "invitation"), (.discussion, "discussion"),
        (.reviewProcess, "review-process"), (.notification, "notification"),
    ]

    /// The HTTP edge of the services that the node hosts.
    public let responder: RouterResponder<GatewayContext>
    /// The live connections of the node; nil without the NotificationService.
    public let live: LiveEdge?
    private let background: [BackgroundTask]
    private let node: Node

    /// Hosts `services` on `node`, which must not have started.
    public init(of services: [ServiceName], on node: Node, edges: Edges) {
        var background: [BackgroundTask] = []
        for name in services {
            let effects = Effects(store: edges.stores(name), platform: node.platform)
            let service = Self.make(name, effects, on: node, edges: edges)
            node.host(service.service)
            background += service.allBackground
        }
        let gateway = Gateway(
            .init(isSecure: edges.publicURL.hasPrefix("https:")), client: node.client,
            sessions: SessionLookup(client: node.client, cache: edges.cache))
        responder = gateway.responder(
            for: services, files: .init(blobs: edges.blobs, inspector: edges.inspector))
        live =
            services.contains(.notification)
            ? LiveEdge(gateway: gateway, bus: edges.bus) : nil
        if let live {
            background.append(BackgroundTask("live hints") { await live.listen() })
        }
        self.background = background
        self.node = node
    }

    private static func make(
        _ name: ServiceName, _ effects: Effects, on node: Node, edges: Edges
    ) -> any HostedService {
        let client = node.client
        switch name {
        case .user:
            return UserService(
                .init(publicURL: edges.publicURL), effects: effects, client: client,
                hasher: edges.hasher)
        case .conference:
            return ConferenceService(effects: effects, client: client, bus: edges.bus)
        case .draft:
            return DraftService(
                effects: effects, client: client, bus: edges.bus, blobs: edges.blobs,
                policy: edges.policy)
        case .invitation:
            return InvitationService(effects: effects, client: client, bus: edges.bus)
        case .discussion:
            return DiscussionService(
                effects: effects, client: client, bus: edges.bus, policy: edges.policy)
        case .reviewProcess:
            return ReviewProcessService(
                effects: effects, client: client, bus: edges.bus, policy: edges.policy)
        case .notification:
            return NotificationService(
                effects: effects, client: client, bus: edges.bus, mailer: edges.mailer,
                publicURL: edges.publicURL)
        default: preconditionFailure("there is no \(name.text)")
        }
    }

    /// Starts the node and what its services do beside answering.
    public func start() async throws(TransportError) {
        try await node.start()
        for task in background { node.startInBackground(task.name, task.run) }
    }
}
