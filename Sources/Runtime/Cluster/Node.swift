import Platform
import Synchronization

/// An error that a handler threw and that is none of those it may throw.
public struct Defect: Sendable {
    /// The service.
    public let service: ServiceName
    /// The message's name.
    public let message: String
    /// The error; its text may hold what belongs in no log.
    public let error: any Error
}

/// A call that a node has answered.
public struct AnsweredCall: Sendable {
    /// The service.
    public let service: ServiceName
    /// The message's name.
    public let message: String
    /// `done`, `refused`, or the code of the ``ClusterError``.
    public let outcome: String
    /// How long the handler took.
    public let duration: Duration
}

/// A process's part in the cluster: hosts services, and calls those of others.
public final class Node: Sendable {
    /// What a node is told at its start.
    public struct Configuration: Sendable {
        /// Where the node listens.
        public var address: Address
        /// Calls that may be in the mailbox of one service at once; more are shed.
        public var mailboxCountMaximum = 1024
        /// How long an attempt waits before another instance is tried.
        public var attemptTimeout = Duration.seconds(3)
        /// How long a drain waits for calls that run.
        public var drainTimeout = Duration.seconds(10)

        /// Is told what no handler should throw: for the log of a real node, and the failure of
        /// a simulated one.
        public var onDefect: @Sendable (Defect) -> Void = { _ in }
        /// Is told each call that a handler was begun for, once it is answered: for an operator's
        /// figures.
        public var onAnswered: @Sendable (AnsweredCall) -> Void = { _ in }

        /// The usual configuration of a node at `address`.
        public init(address: Address) { self.address = address }
    }

    enum Phase: Sendable {
        case idle, serving, leaving, draining, stopped
    }

    struct State {
        var phase = Phase.idle
        var hosted: [ServiceName: Hosted] = [:]
        var background: [StartedTask] = []
    }

    struct Hosted {
        let service: Service
        let instance: ServiceInstance
        var callsInFlight = 0
    }

    let configuration: Configuration
    let transport: any Transport
    let registry: any ServiceRegistry
    /// The node's way to other services; it outlives the node and does not hold it.
    public let client: ClusterClient
    let state = Mutex(State())
    /// Time, chance and tasks of this node.
    public let platform: Platform

    /// A node that neither serves nor watches yet.
    public init(
        _ configuration: Configuration, platform: Platform, transport: any Transport,
        registry: any ServiceRegistry
    ) {
        self.configuration = configuration
        self.platform = platform
        self.transport = transport
        self.registry = registry
        let directory = Directory(
            platform: platform, registry: registry, ownAddress: configuration.address)
        client = ClusterClient(
            platform: platform, transport: transport, directory: directory,
            attemptTimeout: configuration.attemptTimeout)
    }

    /// Puts a service on this node, before ``start()``.
    public func host(_ service: Service) {
        let id = InstanceID(platform.random, for: "instance id")
        let instance = ServiceInstance(
            id: id, service: service.name, address: configuration.address)
        state.withLock { state in
            precondition(state.phase == .idle, "services are hosted before the node starts")
            state.hosted[service.name] = Hosted(service: service, instance: instance)
        }
    }
}
