import Cluster
import ClusterNetwork
import Foundation
import Hummingbird
import MongoAdapters
import Platform
import Ports
import RabbitMQAdapter
import RedisAdapter
import StarchairAssembly
import StarchairGateway
import StarchairServer
import SystemAdapters

/// Some services as one process of a cluster, on the real servers: the composition of
/// `starchair serve`.
struct PodInstallation {
    private let node: Node
    /// Where it listens for other pods.
    private let place: String
    private let installation: Installation
    private let system: SystemPlatform
    private let hashing: ThreadOffload
    private let databases: ThreadOffload
    private let bus: RabbitMQEventBus
    private let janitor: ConsulJanitor
    /// Nil in a pod that keeps no files.
    private let files: MongoBlobStore?
    /// Nil in a pod that sends no letters.
    private let mail: OutgoingMail?
    let measured = PodMetrics()

    /// How long a start waits for MongoDB before it says that it still waits.
    static let patience = Duration.seconds(2)
    /// How often what interrupted uploads left is removed.
    static let sweepInterval = Duration.seconds(3600)

    /// Connects to the servers; waits for those that it cannot do without.
    init(_ services: [PodService], _ configuration: PodConfiguration) async throws {
        system = SystemPlatform(.init(offloadThreadCount: 2))
        hashing = ThreadOffload(threadCount: 1, waitingCountMaximum: 32)
        databases = ThreadOffload(threadCount: 4, waitingCountMaximum: 1024)
        let platform = system.platform
        let clients = try MongoClients(.init(uri: configuration.mongoDB), offload: databases)
        var stores: [ServiceName: MongoDocumentStore] = [:]
        for service in services {
            stores[service.name] = try await Self.waiting(for: "MongoDB", platform) {
                try await MongoDocumentStore(database: service.database, clients: clients)
            }
        }
        files =
            services.contains { $0.name == .draft }
            ? try await Self.waiting(for: "MongoDB", platform) {
                try await MongoBlobStore(database: "files", clients: clients, platform: platform)
            } : nil
        bus = try Self.bus(configuration, platform)
        mail =
            services.contains { $0.name == .notification }
            ? try OutgoingMail(
                folder: configuration.mailFolder, server: configuration.mailServer,
                platform: platform) : nil
        let blobs: any BlobStore = if let files { files } else { UnavailablePorts() }
        let edges = Edges(
            stores: { [stores] name in
                guard let store = stores[name] else {
                    preconditionFailure("\(name.text) has no store")
                }
                return store
            },
            bus: bus, cache: try Self.cache(configuration, platform),
            blobs: blobs, mailer: mail?.mailer ?? UnavailablePorts(),
            hasher: Argon2PasswordHasher(offload: hashing),
            inspector: try ProcessPDFInspector(
                folder: Self.scratchFolder(configuration), platform: platform),
            publicURL: configuration.publicURL)
        let consul = Self.consul(configuration, services)
        let exchange = try configuration.consulEncryption.exchange()
        place = "\(configuration.address):\(configuration.actorPort)"
        node = try Self.node(configuration, consul, exchange, platform, measured)
        installation = Installation(of: services.map(\.name), on: node, edges: edges)
        janitor = ConsulJanitor(consul, platform: platform, exchange: exchange)
    }

    /// The HTTP routes.
    var responder: RouterResponder<GatewayContext> { installation.responder }

    /// Where pages connect to hear of news at once; nil without the NotificationService.
    var live: LiveEndpoint? { installation.live.map(LiveEndpoint.init) }

    /// Whether the pod serves, and does not leave.
    var isReady: Bool { node.isReady }

    /// Listens, registers and begins all that runs beside the messages.
    func start() async throws {
        do throws(TransportError) {
            try await installation.start()
        } catch {
            throw Failure(
                "cannot listen for other pods on \(place): another process has that port, or the "
                    + "address is not this machine's")
        }
        mail?.start()
        node.startInBackground("janitor") { [janitor] in await janitor.run() }
        if let files {
            node.startInBackground("file sweep") { [clock = system.platform.clock] in
                await Self.sweep(files, clock)
            }
        }
    }

    private static func sweep(_ files: MongoBlobStore, _ clock: any NodeClock) async {
        while !Task.isCancelled {
            do { try await clock.sleep(for: sweepInterval) } catch { return }
            do throws(StoreError) {
                try await files.sweep()
            } catch {
                Terminal.warn("what interrupted uploads left is removed in an hour: \(error)")
            }
        }
    }

    /// Leaves the registry, and goes on answering those who have not heard of it.
    func leave() async { await node.leave() }

    /// Finishes what was begun.
    func stop() async {
        await node.drain()
        await mail?.shutDown()
        await bus.shutDown()
        await system.shutDown()
        await databases.shutDown()
        await hashing.shutDown()
    }

    /// A node that can call the cluster's services and serves nothing.
    static func visitor(
        _ configuration: PodConfiguration, _ platform: Platform
    ) throws -> Node {
        try node(
            configuration, consul(configuration, []),
            try configuration.consulEncryption.exchange(), platform, PodMetrics())
    }

    private static func node(
        _ configuration: PodConfiguration, _ consul: ConsulRegistry.Configuration,
        _ exchange: HTTPClientExchange, _ platform: Platform, _ measured: PodMetrics
    ) throws -> Node {
        var node = Node.Configuration(
            address: Address("\(configuration.address):\(configuration.actorPort)"))
        node.onAnswered = measured.answered
        node.onDefect = { defect in
            measured.found(defect)
            Terminal.warn(
                "defect in \(defect.service.text), \(defect.message): \(type(of: defect.error))")
        }
        let tls: TLSFiles?
        do {
            tls = try configuration.tls.map(TLSFiles.init)
        } catch {
            throw SettingError(
                "tls.certificate", "and its key and authority cannot be used: \(error)")
        }
        return Node(
            node, platform: platform,
            transport: StreamTransport(platform: platform, streams: TCPStreams(tls: tls)),
            registry: ConsulRegistry(consul, platform: platform, exchange: exchange))
    }

    private static func consul(
        _ configuration: PodConfiguration, _ services: [PodService]
    ) -> ConsulRegistry.Configuration {
        var consul = ConsulRegistry.Configuration(agent: configuration.consul)
        consul.token = configuration.consulToken
        let places = Dictionary(
            uniqueKeysWithValues: services.map { service in
                let port = configuration.httpPort ?? service.port
                return (service.name, (place: "\(configuration.address):\(port)", service.prefix))
            })
        consul.metadata = { instance in
            places[instance.service].map { ["http": $0.place] } ?? [:]
        }
        consul.httpCheck = .init(interval: .seconds(2), timeout: .seconds(1)) { instance in
            places[instance.service].map { "http://\($0.place)\($0.1)/check" } ?? ""
        }
        return consul
    }

    /// Where the pod's programs look at files: nobody else's, and the same after a restart.
    private static func scratchFolder(_ configuration: PodConfiguration) -> String {
        let name = "starchair-\(configuration.address)-\(configuration.actorPort)"
        return FileManager.default.temporaryDirectory.appending(path: name).path()
    }

    /// The bus that the settings name.
    static func bus(
        _ configuration: PodConfiguration, _ platform: Platform
    ) throws -> RabbitMQEventBus {
        let url = configuration.rabbitMQ
        var settings = RabbitMQConfiguration(
            host: url.host,
            credentials: .init(user: url.user, password: url.password ?? ""))
        settings.port = url.port
        settings.encryption = configuration.rabbitMQEncryption
        if !url.path.isEmpty { settings.virtualHost = url.path }
        do {
            return try RabbitMQEventBus(
                settings, platform: platform, queues: [.notifications],
                report: { Terminal.warn("RabbitMQ: \($0)") })
        } catch {
            throw SettingError("rabbitmq", "cannot be used: \(error)")
        }
    }

    private static func cache(
        _ configuration: PodConfiguration, _ platform: Platform
    ) throws -> any SessionCache {
        let url = configuration.redis
        var settings = RedisConfiguration(host: url.host)
        settings.port = url.port
        if let password = url.password {
            settings.credentials = .init(
                user: url.user.isEmpty ? nil : url.user, password: password)
        }
        if !url.path.isEmpty {
            guard let database = Int(url.path) else {
                throw SettingError("redis", "ends with the number of a database")
            }
            settings.database = database
        }
        do {
            return try RedisSessionCache(
                settings, platform: platform, report: { Terminal.warn("Redis: \($0)") })
        } catch {
            throw SettingError("redis", "cannot be used: \(error)")
        }
    }

    /// What `make` gives, once the server that it needs is there.
    private static func waiting<Value>(
        for server: String, _ platform: Platform, _ make: () async throws -> Value
    ) async throws -> Value {
        while true {
            do {
                return try await make()
            } catch MongoOpenError.unavailable {
                Terminal.warn("\(server) does not answer yet; trying again")
                try await platform.clock.sleep(for: patience)
            } catch {
                throw Failure("\(server) cannot be used: \(error)")
            }
        }
    }
}
