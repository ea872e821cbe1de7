import Cluster
import ClusterNetwork
import Foundation
import Hummingbird
import MemoryAdapters
import Platform
import Ports
import SQLiteAdapters
import StarchairAPI
import StarchairAssembly
import StarchairGateway
import StarchairServer
import SystemAdapters

/// All services on one node, on SQLite and files: the composition of `starchair up`.
struct EmbeddedInstallation {
    private let folder: DataFolder
    private let system: SystemPlatform
    private let publicURL: String
    private let isVisit: Bool
    private let node: Node
    private let installation: Installation
    private let stores: [ServiceName: SQLiteDocumentStore]
    /// Nil on a visit.
    private let mail: OutgoingMail?
    /// Threads of its own for passwords: a burst of sign-ins must not hold up files.
    private let hashing = ThreadOffload(threadCount: 1, waitingCountMaximum: 32)

    /// Opens the stores of the folder; nothing runs yet.
    ///
    /// - Parameter isVisit: whether another process serves the data: then only documents are
    ///   touched, and nothing runs beside the messages.
    init(
        folder: DataFolder, system: SystemPlatform, publicURL: String,
        mailServer: OutgoingMail.Server? = nil, isVisit: Bool = false
    ) async throws {
        (self.folder, self.system, self.publicURL) = (folder, system, publicURL)
        self.isVisit = isVisit
        let platform = system.platform
        let stores = try Self.openStores(in: folder.path)
        self.stores = stores
        do {
            mail =
                isVisit
                ? nil
                : try OutgoingMail(
                    folder: "\(folder.path)/mail", server: mailServer, platform: platform)
            let edges = Edges(
                stores: { name in
                    guard let store = stores[name] else {
                        preconditionFailure("\(name.text) has no store")
                    }
                    return store
                },
                // The outbox of each service keeps what this bus has not handed over.
                bus: MemoryEventBus(platform: platform, queues: [.notifications]),
                cache: MemorySessionCache(platform: platform),
                blobs: isVisit
                    ? UnavailablePorts()
                    : try FileBlobStore(folder: "\(folder.path)/files", platform: platform),
                mailer: mail?.mailer ?? UnavailablePorts(),
                hasher: Argon2PasswordHasher(offload: hashing),
                inspector: isVisit
                    ? UnavailablePorts()
                    : try ProcessPDFInspector(
                        folder: "\(folder.path)/inspection", platform: platform),
                publicURL: publicURL)
            var configuration = Node.Configuration(address: "local")
            configuration.onDefect = { defect in
                Terminal.warn(
                    "defect in \(defect.service.text), \(defect.message): "
                        + "\(type(of: defect.error))")
            }
            node = Node(
                configuration, platform: platform,
                transport: LocalTransport(platform: platform),
                registry: LocalRegistry(platform: platform))
            installation = Installation(
                of: Installation.services.map(\.name), on: node, edges: edges)
        } catch {
            throw Failure("the data in \(folder.path) cannot be used: \(error)")
        }
    }

    /// The HTTP routes.
    var responder: RouterResponder<GatewayContext> { installation.responder }

    /// Where pages connect to hear of news at once.
    var liveEndpoint: LiveEndpoint? {
        installation.live.map(LiveEndpoint.init)
    }

    func start() async throws {
        if isVisit { try await node.start() } else { try await installation.start() }
        mail?.start()
    }

    /// Finishes what was begun, and closes the stores.
    func stop() async {
        await node.drain()
        await mail?.shutDown()
        await system.shutDown()
        await hashing.shutDown()
        for (name, store) in stores {
            do { try store.close() } catch {
                Terminal.warn("the store of \(name.text) did not close: \(error)")
            }
        }
    }

    /// A link that signs an administrator in, once; it is kept beside the data for who has the
    /// machine. Nil when there is an administrator already and that was asked.
    func mintAdministratorLink(onlyIfNobodyIsYet: Bool) async throws -> String? {
        let link = try await AdministratorToken.mint(
            by: node.client, onlyIfNobodyIsYet: onlyIfNobodyIsYet
        )?.link(of: publicURL)
        guard let link else { return nil }
        let path = "\(folder.path)/administrator-link"
        let isWritten = FileManager.default.createFile(
            atPath: path, contents: Data((link + "\n").utf8),
            attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw Failure("\(path) cannot be written") }
        return link
    }

    /// Who letters come from that no server is given.
    static var sender: MailAddress {
        guard let address = MailAddress("starchair@localhost.localdomain") else {
            preconditionFailure("the sender's address is well formed")
        }
        return address
    }

    private static func openStores(in folder: String) throws -> [ServiceName: SQLiteDocumentStore] {
        var stores: [ServiceName: SQLiteDocumentStore] = [:]
        for (name, file) in Installation.services {
            let path = "\(folder)/\(file).sqlite"
            do {
                stores[name] = try SQLiteDocumentStore(path: path)
            } catch SQLiteFormatError.newer(let found, let supported) {
                throw Failure(
                    "\(path) was written by a newer release (format \(found), this one knows "
                        + "\(supported)): run that release, or restore a backup")
            } catch {
                throw Failure("\(path) cannot be opened: \(error)")
            }
        }
        return stores
    }
}
