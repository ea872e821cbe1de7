import Cluster
import Crypto
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Accounts, credentials and sessions.
public actor UserService: HostedService {
    /// What an installation decides.
    public struct Configuration: Sendable {
        /// The address under which people reach the installation, without a slash at the end.
        public var publicURL: String
        /// How long a session lasts.
        public var sessionLifetime = Duration.seconds(14 * 24 * 3600)
        /// How long a link in a letter works.
        public var linkLifetime = Duration.seconds(24 * 3600)

        /// The usual configuration under a public address.
        public init(publicURL: String) { self.publicURL = publicURL }
    }

    let configuration: Configuration
    public let effects: Effects
    let platform: Platform
    private let client: ClusterClient
    let hasher: any PasswordHasher

    /// Letters hold the tokens of links: they are forgotten when they are on their way.
    static let letters = OutboxConsumer("letters", forgetsPayload: true)

    /// A service on its own store.
    public init(
        _ configuration: Configuration, effects: Effects, client: ClusterClient,
        hasher: any PasswordHasher
    ) {
        self.configuration = configuration
        self.effects = effects
        self.client = client
        self.hasher = hasher
        platform = client.platform
    }

    /// What the service answers to.
    public nonisolated var service: Service {
        Service(
            .user,
            [
                Handler(Register.self) { try await self.register($0, $1) },
                Handler(VerifyAddress.self) { try await self.verifyAddress($0, $1) },
                Handler(SignIn.self) { try await self.signIn($0, $1) },
                Handler(SignOut.self) { try await self.signOut($0, $1) },
                Handler(Authenticate.self) { try await self.authenticate($0, $1) },
                Handler(GetAccount.self) { try await self.account($0, $1) },
                Handler(MintAdministratorLink.self) { try await self.mintLink($0, $1) },
                Handler(RedeemAdministratorLink.self) { try await self.redeemLink($0, $1) },
                Handler(GetAccounts.self) { try await self.accounts($0, $1) },
                Handler(FindAccounts.self) { try await self.find($0, $1) },
                Handler(ResolvePerson.self) { try await self.resolve($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        [.calling(Self.letters, with: SendLetter.self, as: .user, client: client)]
    }

    public nonisolated var expiringCollections: [String] {
        [SessionRecord.collection.name, LinkRecord.collection.name]
    }

    /// The document id of a token: only its hash is stored.
    static func documentID(of secret: Secret) -> String {
        SHA256.hash(data: Array(secret.text.utf8)).hexadecimal
    }
}
