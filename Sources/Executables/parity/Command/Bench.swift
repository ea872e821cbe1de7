import ClusterNetwork
import MongoAdapters
import Platform

/// Sets the parts of a component up and compares them.
struct Bench: Sendable {
    let servers: Servers
    let system: SystemPlatform
    let plant: Plant?

    func compare(
        _ name: ComponentName, _ request: ComparisonRequest
    ) async throws -> ComparisonReport {
        switch name {
        case .sessionCache:
            let redis = try RedisAddress(try await servers.address(of: .redis))
            return try await comparison(
                SessionCacheComponent(redis: redis, platform: platform, plant: plant)
            ).run(request)
        case .documentStore:
            let clients = try await mongoClients()
            return try await comparison(
                DocumentStoreComponent(
                    mongo: clients, servers: servers, platform: platform, plant: plant)
            ).run(request)
        case .blobStore:
            let clients = try await mongoClients()
            return try await comparison(
                BlobStoreComponent(
                    mongo: clients, servers: servers, platform: platform, plant: plant)
            ).run(request)
        case .eventBus:
            let address = try await servers.address(of: .rabbitMQ)
            return try await comparison(
                EventBusComponent(rabbitMQ: address, platform: platform, plant: plant)
            ).run(request)
        case .serviceRegistry:
            let sequences = request.sequenceSizes(length: ServiceRegistryComponent.sequenceLength)
            let addresses = try await servers.addresses(
                of: .consul,
                count: min(sequences.count, ServiceRegistryComponent.laneCountMaximum))
            return try await comparison(
                ServiceRegistryComponent(
                    addresses: addresses, platform: platform, plant: plant)
            ).run(request)
        }
    }

    /// A comparison that says on standard error what takes long.
    private func comparison<Subject: Component>(_ subject: Subject) -> Comparison<Subject> {
        Comparison(subject: subject) { Output.write($0, isError: true) }
    }

    private var platform: Platform { system.platform }

    private func mongoClients() async throws -> MongoClients {
        let uri = try await servers.address(of: .mongoDB)
        return try MongoClients(MongoConfiguration(uri: uri), offload: system.offload)
    }
}
