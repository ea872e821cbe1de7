extension ServerPlan {
    /// How long a transaction may last, looked at twice in that time. Whose client was cut off
    /// keeps its documents from all others for so long; by default, for up to 90 s. No client of
    /// ours goes on with one for longer.
    private static let transactionSecondsMaximum = 10

    /// MongoDB as a replica set of one, which transactions need. It asks nobody who they are:
    /// whoever reaches its address on this machine reads and writes.
    static func mongoDB(_ site: ServerSite, _ programs: ServerPrograms) throws -> ServerPlan {
        let (host, port) = (site.address, site.ports[0])
        return ServerPlan(
            program: Program(
                try programs.path(of: "mongod"),
                [
                    "--dbpath", "\(site.folder)/data", "--bind_ip", host, "--port", "\(port)",
                    "--replSet", BackingServer.replicaSet, "--nounixsocket",
                    "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64",
                    "--setParameter", "diagnosticDataCollectionEnabled=false",
                    "--setParameter",
                    "transactionLifetimeLimitSeconds=\(transactionSecondsMaximum)",
                ]),
            data: ["data"]
        ) { try MongoQuestion.isPrimary(host: host, port: port) }
    }
}
