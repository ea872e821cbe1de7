import Cluster
import ClusterNetwork
import Foundation
import LocalCluster
import Platform
import StarchairAPI

/// What the operator does while people are at work: links for administrators, however long the
/// UserService is away.
struct OperatorsDesk {
    private let node: Node

    /// Joins the cluster as a node that serves nothing.
    init(_ cluster: LocalCluster, _ platform: Platform) async throws {
        // The settings are read from the environment, as they are by `administrator-link`.
        for (name, value) in try await cluster.visitorEnvironment() { setenv(name, value, 1) }
        node = try PodInstallation.visitor(try await PodConfiguration(), platform)
        await node.visit()
    }

    /// Leaves the cluster.
    func close() async { await node.stop() }

    /// The token of a link; an error when the UserService does not answer.
    func mint() async throws -> String? {
        try await AdministratorToken.mint(by: node.client, onlyIfNobodyIsYet: false)?.text
    }

    /// The tokens of so many links; fewer when the task is cancelled.
    func mint(_ count: Int) async -> [String] {
        var tokens: [String] = []
        while tokens.count < count, !Task.isCancelled {
            do {
                if let token = try await mint() { tokens.append(token) }
            } catch {
                // It is away: it is asked again after a while.
                let rest = Duration.milliseconds(500)
                do { try await node.platform.clock.sleep(for: rest) } catch { return tokens }
            }
        }
        return tokens
    }
}
