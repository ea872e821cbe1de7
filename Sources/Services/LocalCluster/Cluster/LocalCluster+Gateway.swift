import Foundation
import Platform

extension LocalCluster {
    /// Keeps the gateway's routes as the registry has them, until the task is cancelled.
    ///
    /// - Parameter onTrouble: is told why that is not possible for the moment.
    public nonisolated func follow(
        onTrouble: @escaping @Sendable (String) -> Void
    ) async throws {
        try await follower().run(onTrouble: onTrouble)
    }

    private func follower() -> GatewayFollower {
        let folder = folder
        return GatewayFollower(
            configuration: gatewayConfiguration,
            consulHost: record.plan.address(of: .consul),
            consulPort: BackingServer.consul.usualPorts[0], platform: platform
        ) {
            let machines = try ClusterRecord(in: folder)?.machines ?? []
            return machines.first { $0.role == .server(.nginx) }?.process
        }
    }

    private var gatewayConfiguration: GatewayConfiguration {
        GatewayConfiguration(
            folder: folder(of: BackingServer.nginx.rawValue),
            listener: "127.0.0.1:\(record.settings.port)", web: record.settings.web,
            documentation: record.settings.documentation)
    }

    /// Routes to nobody, for an nginx that has none yet.
    func writeFirstRoutes() throws {
        let configuration = gatewayConfiguration
        let path = "\(configuration.folder)/nginx.conf"
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try PrivateFile.write(configuration.text, to: path)
    }

    /// What nginx has may be about another port or application.
    func forgetRoutes() throws {
        let path = "\(gatewayConfiguration.folder)/nginx.conf"
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    /// Returns when the gateway was told of everybody who passes.
    func waitForRoutes() async throws {
        guard record.settings.follower != nil else { return }
        let end = platform.clock.uptime + Limit.serviceStart
        while true {
            var configuration = gatewayConfiguration
            configuration.instances = try await survey().gatewayInstances
            let path = "\(configuration.folder)/nginx.conf"
            if FileManager.default.contents(atPath: path) == Data(configuration.text.utf8) {
                return
            }
            guard platform.clock.uptime < end else {
                throw ClusterFailure(
                    "the gateway does not follow the registry:\n"
                        + LogTail.lines(of: log(of: "follower")))
            }
            try await platform.clock.sleep(for: Limit.pollInterval)
        }
    }

    /// What the registry says now.
    func survey() async throws -> RegistrySurvey {
        let host = record.plan.address(of: .consul)
        return try await platform.offload.run("asking the registry") {
            do {
                return try RegistrySurvey(host: host, port: BackingServer.consul.usualPorts[0])
            } catch {
                throw ClusterFailure("Consul at \(host) does not answer")
            }
        }
    }
}
