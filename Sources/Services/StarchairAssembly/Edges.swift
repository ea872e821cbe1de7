import Cluster
import PeerReview
import Ports

/// What a node's services are given: the ports, one store for each service, and the settings.
public struct Edges: Sendable {
    /// Each service's own store.
    public var stores: @Sendable (ServiceName) -> any DocumentStore
    /// The way on which services tell each other what happened.
    public var bus: any EventBus
    /// Where edges keep who holds a session, for a short while.
    public var cache: any SessionCache
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
        stores: @escaping @Sendable (ServiceName) -> any DocumentStore, bus: any EventBus,
        cache: any SessionCache, blobs: any BlobStore, mailer: any Mailer,
        hasher: any PasswordHasher, inspector: any PDFInspector,
        policy: VisibilityPolicy = .standard, publicURL: String
    ) {
        self.stores = stores
        self.bus = bus
        self.cache = cache
        self.blobs = blobs
        self.mailer = mailer
        self.hasher = hasher
        self.inspector = inspector
        self.policy = policy
        self.publicURL = publicURL
    }
}
