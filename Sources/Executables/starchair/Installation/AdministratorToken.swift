import Cluster
import StarchairAPI

/// What signs an administrator in, once.
struct AdministratorToken {
    private let secret: Secret

    /// Asks the UserService for a token; nil when there is an administrator already and that was
    /// asked.
    static func mint(
        by client: ClusterClient, onlyIfNobodyIsYet: Bool
    ) async throws -> AdministratorToken? {
        let secret = Secret(client.platform.random, for: "administrator link")
        let context = client.context(Principal(.service(.operator)), timeout: .seconds(10))
        let message = MintAdministratorLink(token: secret, onlyIfNobodyIsYet: onlyIfNobodyIsYet)
        guard try await client.call(message, context).isMinted else { return nil }
        return AdministratorToken(secret: secret)
    }

    /// The token alone.
    var text: String { secret.text }

    /// The link that people open.
    func link(of publicURL: String) -> String { "\(publicURL)/#administrator=\(secret.text)" }
}
