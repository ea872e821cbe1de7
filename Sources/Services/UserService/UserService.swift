import Cluster
import Crypto
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Accounts, credentials and sessions. It alone knows people's addresses, so it sends the mail.
public actor UserService {
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
    let effects: Effects
    let platform: Platform
    private let mailer: any Mailer
    let hasher: any PasswordHasher

    /// Letters hold the tokens of links: they are forgotten when they are on their way.
    static let mail = OutboxConsumer("mail", forgetsPayload: true)

    /// A service on its own store.
    public init(
        _ configuration: Configuration, effects: Effects, platform: Platform,
        mailer: any Mailer, hasher: any PasswordHasher
    ) {
        self.configuration = configuration
        self.effects = effects
        self.platform = platform
        self.mailer = mailer
        self.hasher = hasher
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
                Handler(SendLetter.self) { try await self.sendLetter($0, $1) },
            ])
    }

    /// What runs beside the messages, each until it is cancelled.
    public nonisolated var background: [(name: String, run: @Sendable () async -> Void)] {
        let (store, platform, mailer) = (effects.store, platform, mailer)
        return [
            (
                "mail relay",
                {
                    let relay = OutboxRelay<OutgoingLetter>(
                        Self.mail, store: store, platform: platform
                    ) { letter, id throws(DeliveryError) in
                        try await Self.deliver(letter, id: id, by: mailer)
                    }
                    await relay.run()
                }
            ),
            (
                "housekeeping",
                {
                    let expiring = [SessionRecord.collection.name, LinkRecord.collection.name]
                    await Housekeeping(store: store, platform: platform, collections: expiring)
                        .run()
                }
            ),
        ]
    }

    private static func deliver(
        _ letter: OutgoingLetter, id: String, by mailer: any Mailer
    ) async throws(DeliveryError) {
        do throws(MailError) {
            try await mailer.deliver(
                Letter(
                    id: id, recipient: letter.recipient.text, subject: letter.subject,
                    text: letter.text))
        } catch {
            switch error {
            case .unavailable: throw .later
            case .refused(let reason): throw .never(reason)
            }
        }
    }

    /// The document id of a token: only its hash is stored.
    static func documentID(of secret: Secret) -> String {
        SHA256.hash(data: Array(secret.text.utf8)).hexadecimal
    }
}
