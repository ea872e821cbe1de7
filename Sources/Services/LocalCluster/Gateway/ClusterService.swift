/// A service of the system as the gateway and the registry know it.
public struct ClusterService: Hashable, Sendable {
    /// Its name in the registry.
    public let name: String
    /// Where its instances listen for HTTP.
    public let port: Int
    /// What its paths begin with.
    public let prefix: String

    /// All services, in the order of their ports.
    public static let all = [
        ClusterService(name: "UserService", port: 5001, prefix: "/api/user"),
        ClusterService(name: "ConferenceService", port: 5002, prefix: "/api/conference"),
        ClusterService(name: "DraftService", port: 5003, prefix: "/api/draft"),
        ClusterService(name: "InvitationService", port: 5004, prefix: "/api/invitation"),
        ClusterService(name: "DiscussionService", port: 5005, prefix: "/api/discuss"),
        ClusterService(name: "ReviewProcessService", port: 5006, prefix: "/api/reviewProcess"),
        ClusterService(name: "NotificationService", port: 5007, prefix: "/api/notification"),
    ]

    /// The one that takes files.
    static let ofFiles = "DraftService"
    /// The one that pages are connected to.
    static let ofLivePages = "NotificationService"
    /// Where they connect.
    static let livePath = "/ws"
    /// Where instances listen for each other.
    static let actorPort = 6000
}
