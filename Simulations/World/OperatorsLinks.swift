import Cluster
import ClusterSimulator
import StarchairAPI
import Synchronization

/// What the operator does at the start, before anything breaks: links for the administrator.
final class OperatorsLinks: Sendable {
    private let cluster: SimulatedCluster
    private let mintedCount = Mutex(0)

    init(_ cluster: SimulatedCluster) { self.cluster = cluster }

    /// The tokens of so many links that work.
    func mint(_ count: Int) async -> [String] {
        let machine = cluster.machines[0]
        guard let node = machine.node, let client = machine.running?.client else {
            preconditionFailure("the first machine was booted")
        }
        let tokens = (1...count).map { _ in
            Secret(node.platform.random, for: "administrator link")
        }
        node.start("operator") { [self] in
            for token in tokens {
                while !(await Self.mint(token, client)) { continue }
                mintedCount.withLock { $0 += 1 }
            }
        }
        let clock = cluster.simulation.world.platform.clock
        while mintedCount.withLock({ $0 < tokens.count }) {
            do { try await clock.sleep(for: .milliseconds(50)) } catch { break }
        }
        return tokens.map(\.text)
    }

    private static func mint(_ token: Secret, _ client: ClusterClient) async -> Bool {
        let message = MintAdministratorLink(token: token, onlyIfNobodyIsYet: true)
        let context = client.context(
            Principal(.service(.operator)), timeout: .seconds(5))
        do {
            return try await client.call(message, context).isMinted
        } catch {
            return false
        }
    }
}
