import Cluster
import ClusterNetwork
import Hummingbird
import Logging
import MemoryAdapters
import Platform
import Ports
import StarchairAPI
import StarchairAssembly
import StarchairGateway

/// The whole installation in this process, on memory, asked without a socket.
final class TestInstallation: Sendable {
    struct Configuration {
        var publicURL = "http://\(Call.authority)"
        var inspector: any PDFInspector = MemoryPDFInspector()
        /// The clock; nil: the system's.
        var clock: (any NodeClock)?
        /// Whether letters leave the outbox; without it nothing happens beside the requests.
        var deliversLetters = false
    }

    /// What can be seen of all stores; equal when nothing was changed.
    struct Footprint: Hashable {
        var documents: [ServiceName: DocumentTable]
        var files: [PublishedBlob]
        var hasUnfinishedUploads: Bool
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let clock: TestClock
    let stores: [ServiceName: RecordingDocumentStore]
    let blobs: MemoryBlobStore
    let mailer = MemoryMailer()
    let node: Node
    let live: LiveEdge
    private let system: SystemPlatform
    private let responder: RouterResponder<GatewayContext>

    init(_ configuration: Configuration = Configuration()) async throws {
        system = SystemPlatform(.init(offloadThreadCount: 1))
        clock = TestClock(configuration.clock ?? system.platform.clock)
        let platform = Platform(
            clock: clock, random: system.platform.random, tasks: system.platform.tasks,
            offload: system.platform.offload)
        let stores = Dictionary(
            uniqueKeysWithValues: Installation.services.map { ($0.name, RecordingDocumentStore()) })
        self.stores = stores
        blobs = MemoryBlobStore(clock: clock)
        node = Node(
            .init(address: "test"), platform: platform,
            transport: LocalTransport(platform: platform),
            registry: LocalRegistry(platform: platform))
        let edges = Edges(
            stores: { name in
                guard let store = stores[name] else { preconditionFailure("no \(name.text)") }
                return store
            },
            bus: MemoryEventBus(platform: platform, queues: [.notifications]),
            cache: MemorySessionCache(platform: platform), blobs: blobs, mailer: mailer,
            hasher: MemoryPasswordHasher(), inspector: configuration.inspector,
            publicURL: configuration.publicURL)
        let installation = Installation(
            of: Installation.services.map(\.name), on: node, edges: edges)
        responder = installation.responder
        guard let live = installation.live else { preconditionFailure("nothing is live") }
        self.live = live
        if configuration.deliversLetters {
            try await installation.start()
        } else {
            try await node.start()
        }
    }

    deinit { system.tasks.cancelAll() }

    /// The answer to a request, which has the headers that every answer has.
    func answer(to call: Call) async throws -> Answer {
        let response = try await responder.respond(
            to: call.request, context: GatewayContext(source: .init(logger: Self.logger)))
        let answer = try await Answer(response)
        expectGuarded(answer, to: call)
        return answer
    }

    func store(_ service: ServiceName) -> RecordingDocumentStore {
        guard let store = stores[service] else { preconditionFailure("no \(service.text)") }
        return store
    }

    /// What is stored, the record of how commands were answered aside.
    var footprint: Footprint {
        Footprint(
            documents: stores.mapValues(\.effects), files: files,
            hasUnfinishedUploads: hasUnfinishedUploads)
    }

    /// The files that are published.
    var files: [PublishedBlob] { blobs.table.published(after: nil, limit: 10_000) }

    private var hasUnfinishedUploads: Bool {
        var table = blobs.table
        table.abandonAll()
        return table != blobs.table
    }

    /// Makes a link for an administrator work, as the operator's process does.
    func mintAdministratorLink() async throws -> String {
        let token = Secret(system.platform.random, for: "administrator link")
        let context = node.client.context(Principal(.service(.operator)), timeout: .seconds(10))
        let message = MintAdministratorLink(token: token, onlyIfNobodyIsYet: false)
        guard try await node.client.call(message, context).isMinted else { throw NotMinted() }
        return token.text
    }

    struct NotMinted: Error {}
}
