import Platform

extension ServerPlan {
    /// Returns when the server does its work.
    ///
    /// - Throws: ``ClusterFailure`` with the end of its log when it ends, or takes too long.
    func waitUntilReady(
        _ server: BackingServer, _ process: ProcessIdentity, log: String, platform: Platform
    ) async throws {
        let end = platform.clock.uptime + Limit.serverStart
        while true {
            let isReady = isReady
            let answer = try await platform.offload.run("asking a server") {
                Result { try isReady() }
            }
            if case .success(true) = answer { return }
            guard process.isAlive else {
                throw ClusterFailure("\(server.rawValue) ended:\n\(LogTail.lines(of: log))")
            }
            guard platform.clock.uptime < end else {
                throw ClusterFailure(
                    "\(server.rawValue) was not ready within \(Limit.serverStart):\n"
                        + LogTail.lines(of: log))
            }
            try await platform.clock.sleep(for: Limit.pollInterval)
        }
    }
}
