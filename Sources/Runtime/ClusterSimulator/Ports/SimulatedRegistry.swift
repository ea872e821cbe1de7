import Cluster
import Platform

/// The registry of a simulation: instances that do not renew expire; it can be away.
public final class SimulatedRegistry: @unchecked Sendable {
    /// How long an instance passes after it was renewed.
    public static let timeToLive = Duration.seconds(6)

    private unowned let simulation: Simulation
    private var table = RegistryTable()
    private var watchers: [(index: UInt64, wake: () -> Void)] = []
    private var downUntil = Duration.zero
    private var isAwaitingExpiry = false

    /// A registry that knows nobody.
    public init(_ simulation: Simulation) { self.simulation = simulation }

    /// Answers nobody for a while.
    public func goDown(for duration: Duration) {
        downUntil = simulation.now + duration
        simulation.count("fault: registry down")
    }

    /// Answers again.
    public func heal() { downUntil = .zero }

    /// The registry as `node` uses it.
    public func registry(for node: SimulatedNode) -> any ServiceRegistry {
        Client(server: self, node: node)
    }

    private func change(_ body: (inout RegistryTable) throws(RegistryError) -> Void)
        throws(RegistryError)
    {
        let before = table.index
        table.expire(at: simulation.now)
        defer {
            if table.index != before { wakeWatchers() }
            awaitExpiry()
        }
        try body(&table)
    }

    /// Sees to it that the watchers hear of the next expiry, whoever lives on.
    private func awaitExpiry() {
        guard !isAwaitingExpiry, let expiry = table.nextExpiry else { return }
        isAwaitingExpiry = true
        simulation.at(expiry) { [self] in
            isAwaitingExpiry = false
            let before = table.index
            table.expire(at: simulation.now)
            if table.index != before { wakeWatchers() }
            awaitExpiry()
        }
    }

    private func wakeWatchers() {
        let woken = watchers.filter { $0.index != table.index }
        watchers.removeAll { $0.index != table.index }
        for watcher in woken { watcher.wake() }
    }

    private func perform<Value: Sendable>(
        for node: SimulatedNode,
        _ body: @escaping () throws(RegistryError) -> Value
    ) async throws(RegistryError) -> Value {
        do {
            return try await node.park { (wake: @escaping SimulatedNode.Wake<Value>) in
                simulation.after(.milliseconds(1)) { [self] in
                    guard simulation.now >= downUntil else {
                        return wake(.failure(RegistryError.unavailable))
                    }
                    wake(Result { () throws(RegistryError) in try body() }.mapError { $0 })
                }
            }
        } catch let error as RegistryError {
            throw error
        } catch {
            throw .unavailable
        }
    }

    private struct Client: ServiceRegistry {
        let server: SimulatedRegistry
        let node: SimulatedNode

        var timeToLive: Duration { SimulatedRegistry.timeToLive }

        private var expiry: Duration { server.simulation.now + timeToLive }

        func register(_ instance: ServiceInstance) async throws(RegistryError) {
            try await server.perform(for: node) { () throws(RegistryError) in
                try server.change { $0.register(instance, until: expiry) }
            }
        }

        func renew(_ id: InstanceID) async throws(RegistryError) {
            try await server.perform(for: node) { () throws(RegistryError) in
                try server.change { table throws(RegistryError) in
                    try table.renew(id, until: expiry)
                }
            }
        }

        func deregister(_ id: InstanceID) async throws(RegistryError) {
            try await server.perform(for: node) { () throws(RegistryError) in
                try server.change { $0.deregister(id) }
            }
        }

        func instances(
            changedSince index: UInt64?, wait: Duration
        ) async throws(RegistryError) -> RegistrySnapshot {
            if let index, index == server.table.index {
                try await server.wait(for: node, since: index, atMost: wait)
            }
            return try await server.perform(for: node) { server.table.snapshot }
        }
    }

    private func wait(
        for node: SimulatedNode, since index: UInt64, atMost duration: Duration
    ) async throws(RegistryError) {
        do {
            try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                let end = simulation.after(duration) { wake(.success(())) }
                watchers.append(
                    (
                        index,
                        { [simulation] in
                            simulation.cancel(end)
                            wake(.success(()))
                        }
                    ))
            }
        } catch {
            throw .unavailable
        }
    }
}
