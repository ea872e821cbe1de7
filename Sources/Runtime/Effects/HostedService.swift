import Cluster
import Ports

/// A service's actor, as an installation puts it on a node.
public protocol HostedService: Sendable {
    /// The service's effects on its own store.
    var effects: Effects { get }
    /// What the service answers to.
    var service: Service { get }
    /// How what its outbox holds is delivered.
    var routes: [OutboxRoute] { get }
    /// The collections whose documents expire.
    var expiringCollections: [String] { get }
    /// What else runs beside the messages, each until it is cancelled.
    var background: [BackgroundTask] { get }
}

extension HostedService {
    public var routes: [OutboxRoute] { [] }
    public var expiringCollections: [String] { [] }
    public var background: [BackgroundTask] { [] }

    /// All that runs beside the messages: the relay of the outbox and the housekeeping too.
    public var allBackground: [BackgroundTask] {
        let relay = OutboxRelay(effects, routes: routes)
        let housekeeping = Housekeeping(
            store: effects.store, platform: effects.platform, collections: expiringCollections)
        return background + [
            BackgroundTask("outbox relay") { await relay.run() },
            BackgroundTask("housekeeping") { await housekeeping.run() },
        ]
    }
}

/// Work that runs beside the messages of a service until it is cancelled.
public struct BackgroundTask: Sendable {
    /// What reports call it.
    public let name: String
    /// The work.
    public let run: @Sendable () async -> Void

    /// Describes work.
    public init(_ name: String, _ run: @escaping @Sendable () async -> Void) {
        self.name = name
        self.run = run
    }
}
